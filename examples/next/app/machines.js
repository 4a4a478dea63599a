/** The catalogue of the exhibition, one entry a page. */
export const machines = [
  {
    slug: 'egg-timer',
    title: 'The sand egg timer',
    kind: 'Clocks',
    text: 'Two glass bulbs and a spoonful of red sand measure three and a half minutes, more or less. In damp weather the sand sticks and the eggs come out hard. A hand-written label gives a correction for each month.',
  },
  {
    slug: 'cuckoo-clock',
    title: 'A cuckoo clock without a cuckoo',
    kind: 'Clocks',
    text: 'The bellows still call every hour, but the wooden bird was lost in a house move. Chains and iron pine cones drive the clockwork; a small door opens on nothing, which children find funnier.',
  },
  {
    slug: 'water-clock',
    title: 'Water clock from a biscuit tin',
    kind: 'Clocks',
    text: 'Water drips through a needle hole from one tin into another, and a cork float lifts a paper pointer. It was built by a schoolgirl to prove that clocks need no wheels, and is right to ten minutes a day.',
  },
  {
    slug: 'typewriter',
    title: 'A typewriter with one typeface too many',
    kind: 'Writing',
    text: 'Every key of this typewriter carries two letters, printed and cursive, and a lever chooses. The ribbon is new, the bell is loud, and visitors may write one postcard each at the table by the window.',
  },
  {
    slug: 'copy-press',
    title: 'The iron copying press',
    kind: 'Writing',
    text: 'Before carbon paper, a letter written in copying ink was laid on a damp sheet and squeezed under an iron screw. The press left a mirror image that was read through the back of the thin paper.',
  },
  {
    slug: 'pantograph',
    title: 'Pantograph for steady hands',
    kind: 'Writing',
    text: 'Four wooden arms on hinges: what the needle traces, the pen at the other end draws three times larger. Map makers used it, sign painters too, and once a forger of banknotes.',
  },
  {
    slug: 'coffee-roaster',
    title: 'A coffee roaster for the stove',
    kind: 'Kitchen',
    text: 'A drum with a crank sits on the stove ring, and whoever turns it may not stop for eighteen minutes. A slide lets you listen to the coffee beans crack. The kitchen smelt of it until spring.',
  },
  {
    slug: 'apple-peeler',
    title: 'Apple peeler with seven wheels',
    kind: 'Kitchen',
    text: 'One turn of the handle peels, cores and slices an apple and throws the core across the kitchen. The seven cast-iron wheels do what a knife does, faster, and with applause.',
  },
  {
    slug: 'butter-churn',
    title: 'The glass butter churn',
    kind: 'Kitchen',
    text: 'Wooden paddles in a square glass jar, driven by a crank and two cogs. Cream turns to butter in a quarter of an hour, and the glass lets you see the minute at which it happens.',
  },
]
