/** Whether the file of a profile belongs to this catalogue, before any of it is taken in. */
import { HearthError } from '../errors.ts'

interface ImportParts {
  /** Of this catalogue. */
  readonly name: string
  readonly indexOf: (id: string) => number | undefined
  /** Whether what both catalogues hold is added from a file of another one. */
  readonly anyCatalogue?: boolean
}

/**
 * A file names its catalogue since 0.3; one that does not is taken as it is. Where it names
 * another, events on items that are not here would only lie in the log.
 *
 * @param file what was parsed from JSON; the store checks all of it but the catalogue
 * @returns the file, or with `anyCatalogue` what of it is about items here or about no item
 * @throws HearthError `other-catalogue` for the file of another catalogue
 */
export function checkImport(file: unknown, parts: ImportParts): unknown {
  const { catalogue, events } = Object(file) as Record<string, unknown>
  const { name } = Object(catalogue) as { readonly name?: unknown }
  if (typeof name !== 'string' || name === parts.name) return file
  if (!Array.isArray(events)) return file // the store refuses it, with its reason
  const isHere = (event: unknown) => {
    const { item } = Object(event) as { readonly item?: unknown }
    return (
      item === undefined ||
      (typeof item === 'string' && parts.indexOf(item) !== undefined)
    )
  }
  const here = events.filter(isHere)
  if (parts.anyCatalogue) return { ...(file as object), events: here }
  throw new HearthError(
    'other-catalogue',
    `this profile is of another catalogue: got ${JSON.stringify(name.slice(0, 80))}, expected ${JSON.stringify(parts.name)}. ${here.length} of its ${events.length} events are about items that are here too. Nothing was imported; anyCatalogue adds those.`,
  )
}
