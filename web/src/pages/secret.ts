/** The secret in `#secret=…` or `#…`; "" where there is none. */
export function secretIn(hash: string): string {
  return decodeURIComponent(hash.replace(/^#(secret=)?/, ""));
}
