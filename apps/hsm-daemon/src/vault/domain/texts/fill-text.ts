const MINUTE_MS = 60_000;

/**
 * Fills a profile's text. The code keeps its digits: phones copy these from a text, and people type
 * them.
 */
export function fillText(template: string, code: string, lifeMs: number): string {
  const minutes = String(Math.max(1, Math.floor(lifeMs / MINUTE_MS)));
  return template.replace('{code}', code).replace('{minutes}', minutes);
}
