import { defineCollection, z } from 'astro:content'
import { glob } from 'astro/loaders'

const journeys = defineCollection({
  loader: glob({ pattern: '*.md', base: './src/content/journeys' }),
  schema: z.object({
    title: z.string(),
    description: z.string(),
    date: z.coerce.date(),
    tags: z.array(z.string()),
  }),
})

export const collections = { journeys }
