/**
 * What a store needs seldom: the file of a profile, what mends a database, and the profile of
 * visitors who have not agreed to storage. The engine hands it in, as it keeps what few pages
 * need in one script (`engine/seldom.ts`).
 */
export { createMemoryStore } from './memory-store.ts'
export { mendDatabase, readOneByOne } from './mend-database.ts'
export { parseProfileFile, toProfileFile } from './profile-file.ts'
