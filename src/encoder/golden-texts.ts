/**
 * The 32 texts that every device must read alike. The first few are short, so that a
 * start can be checked by them alone; the rest is what text may look like.
 */
const SENTENCE =
  'In the autumn of her forty-third year she left the city, its noise and its debts, ' +
  'and went to live by the lighthouse where her grandfather had kept bees. '

export const goldenTexts: readonly string[] = [
  // accents, case, digits and a rare word, so that a wrong tokenizer shows
  'A slow melancholy novel about the sea',
  'Café in Zürich, 1984',
  'wireless noise-cancelling headphones',
  '',
  ' \u0000\n\t ',
  'a',
  '7',
  '?!…—',
  'Dune',
  'DUNE',
  'don’t stop — it’s “quoted”',
  'e\u0301te\u0301 nai\u0308ve cafe\u0301', // accents as marks of their own
  'The Lord of the Rings (J.R.R. Tolkien, 1954): fantasy, epic',
  '0123456789 3.14159 1,000,000 -40°C 50% $9.99',
  'https://example.com/a/b?c=d&e=f#g user@example.com',
  '<script>alert("x")</script> & <b>bold</b>',
  '😀',
  'a film for 👨‍👩‍👧‍👦 and 🐶🎉',
  '百年孤独',
  '東京の静かな夏の物語',
  '서울의 봄',
  'رواية عن البحر والصحراء',
  'ספר על הים',
  'Преступление и наказание',
  'Τα παιδιά ενός κατώτερου θεού',
  'विज्ञान कथा',
  'half a pair \ud83d and another \ude00',
  'nul\u0000byte\u0007bell\u001bescape\u2028line\u202ertl mark',
  'x'.repeat(300), // one word that no table holds
  'antidisestablishmentarianism supercalifragilisticexpialidocious floccinaucinihilipilification',
  SENTENCE,
  SENTENCE.repeat(14).slice(0, 2_000),
]
