export function systemChromium(): string | undefined;
export function chromiumOptions(...args: string[]): { executablePath?: string; args: string[] };
