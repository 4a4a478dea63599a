/**
 * What the encoder's bench reads: ten words (12 tokens with the two special ones) and
 * thirty (32). Every word is common enough to be one token in any cut of the vocabulary.
 */
export const twelveTokens = [
  'a quiet story of two friends in a small town',
  'the old house by the sea and its lost family',
  'a young woman goes to war and comes home changed',
  'how to build a business with little money and time',
  'the history of the world in one hundred short stories',
  'a dark night in the city and a dead man',
  'love letters from a soldier to his wife at home',
  'the last king of the north and his three sons',
] as const

export const thirtyTwoTokens = [
  'a quiet story of two friends in a small town who find an old book in the school and follow it to the river where a king left his gold',
  'the old house by the sea and its lost family are the heart of this novel about love and war in which a young girl learns what her father did',
  'how to build a business with little money and time is the question of this short book by a man who did it three times and then lost it all',
  'a dark night in the city and a dead man on the street are all that the police have when the call comes from a young woman who saw him',
] as const
