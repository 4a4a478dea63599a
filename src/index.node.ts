export * from './engine/hearth.ts'
