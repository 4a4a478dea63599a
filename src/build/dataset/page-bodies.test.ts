import { expect, test } from 'vitest'
import { itemText } from './item-text.ts'

const item = { id: '1', title: 'Oak' }

test('a further text is read after the record, and only its start', () => {
  expect(itemText(item, 'It grows slowly.')).toBe('Oak. It grows slowly.')
  expect(itemText({ ...item, description: 'A tree' }, 'It grows slowly.')).toBe(
    'Oak. A tree. It grows slowly.',
  )
  expect(itemText(item, 'x'.repeat(5000))).toHaveLength('Oak. .'.length + 1000)
})

test('a description that the text begins with is read once', () => {
  const described = { ...item, description: 'A tree of the…' }
  expect(itemText(described, 'A tree of the woods.')).toBe('Oak. A tree of the woods.')
})
