/** Writes protobuf, field by field, for tests. */

export function number(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field << 3), ...varint(value)])
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value))
}

export function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, joined(parts))
}

export function bytes(field: number, value: Uint8Array): Uint8Array {
  return joined([
    Uint8Array.from([...varint((field << 3) | 2), ...varint(value.length)]),
    value,
  ])
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
