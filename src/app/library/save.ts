/** Gives the visitor a file under a name; what no file system takes in a name becomes a dash. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[\p{C}/\\:*?"<>|]/gu, "-");
  link.click();
  // The download has begun when this task is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
