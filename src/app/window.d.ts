interface Window {
  /** For the browser's console and the tests: a query's vector, as the page's own encoder computes it. */
  dotlight?: { textVector(words: string): Promise<Float32Array> };
}
