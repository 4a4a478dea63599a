/**
 * What shops and sites call the columns of their exports. Each is a table of names; a new
 * one needs no code.
 */
import { columnKey } from './columns.ts'
import type { KnownExport } from './known-export.ts'
import { SHOPS } from './known-shops.ts'

const EXPORTS: readonly KnownExport[] = [
  ...SHOPS,
  {
    name: 'IMDb list',
    has: [['Const', 'Title', 'Title Type']],
    columns: {
      id: ['Const'],
      title: ['Title'],
      authors: ['Directors'],
      year: ['Year'],
      genres: ['Genres'],
      url: ['URL'],
      published: ['Release Date'],
      description: [],
    },
  },
  {
    name: 'IMDb',
    has: [['tconst', 'primaryTitle']],
    columns: {
      id: ['tconst'],
      title: ['primaryTitle'],
      year: ['startYear'],
      genres: ['genres'],
    },
    url: 'https://www.imdb.com/title/{tconst}/',
  },
  {
    name: 'Book-Crossing',
    has: [['ISBN', 'Book-Title']],
    columns: {
      id: ['Book_ID', 'ISBN'],
      title: ['Book-Title'],
      authors: ['Book-Author'],
      year: ['Year-Of-Publication'],
      image: ['Image-URL-L', 'Image-URL-M', 'Image-URL-S'],
    },
  },
  {
    name: 'MovieLens',
    has: [['movieId', 'title', 'genres']],
    columns: { id: ['movieId'], title: ['title'], genres: ['genres'] },
  },
  {
    name: 'Goodreads',
    has: [['Book Id', 'Title', 'Author', 'My Rating']],
    columns: {
      id: ['Book Id'],
      title: ['Title'],
      authors: ['Author'],
      year: ['Original Publication Year', 'Year Published'],
      genres: [],
      published: [],
    },
    also: { authors: ['Additional Authors'] },
    url: 'https://www.goodreads.com/book/show/{Book Id}',
  },
  {
    name: 'Letterboxd',
    has: [['Name', 'Letterboxd URI']],
    columns: {
      id: ['Letterboxd URI'],
      title: ['Name'],
      year: ['Year'],
      url: ['Letterboxd URI'],
      genres: [],
      published: [],
    },
  },
  {
    name: 'Open Library',
    has: [
      ['key', 'title', 'author_name'],
      ['key', 'title', 'first_publish_year'],
      ['key', 'title', 'first_publish_date'],
      ['key', 'title', 'latest_revision'],
    ],
    columns: {
      id: ['key'],
      title: ['title'],
      authors: ['author_name', 'by_statement'],
      genres: ['subject', 'subjects'],
      year: ['first_publish_year', 'first_publish_date', 'publish_date'],
      description: ['description.value', 'description', 'first_sentence.value'],
      group: ['works', 'work_key'],
    },
    url: 'https://openlibrary.org{key}',
  },
  {
    name: 'Steam',
    has: [['appid', 'name']],
    columns: {
      id: ['appid'],
      title: ['name'],
      authors: ['developers', 'developer'],
      description: ['short_description', 'about_the_game', 'detailed_description'],
      genres: ['genres'],
      image: ['header_image', 'capsule_image'],
      published: ['release_date'],
    },
    url: 'https://store.steampowered.com/app/{appid}',
  },
  {
    name: 'JSON Feed',
    has: [
      ['id', 'content_html', 'url'],
      ['id', 'content_text', 'url'],
      ['id', 'content_html', 'date_published'],
      ['id', 'content_text', 'date_published'],
    ],
    columns: {
      id: ['id'],
      // notes have no title of their own
      title: ['title', 'summary', 'content_text'],
      authors: ['authors', 'author'],
      genres: ['tags'],
      description: ['summary', 'content_text', 'content_html'],
      url: ['url', 'external_url'],
      image: ['image', 'banner_image'],
      language: ['language'],
      published: ['date_published', 'date_modified'],
    },
  },
  {
    name: 'Algolia',
    has: [
      ['objectID', 'name'],
      ['objectID', 'title'],
    ],
    columns: { id: ['objectID'] },
  },
]

/** The first export whose columns are there. */
export function findExport(columns: readonly string[]): KnownExport | undefined {
  // `image.src` is a field within another, not the column Image Src
  const keys = new Set(columns.filter((name) => !name.includes('.')).map(columnKey))
  const isThere = (name: string) => keys.has(columnKey(name))
  return EXPORTS.find(({ has }) => has.some((all) => all.every(isThere)))
}
