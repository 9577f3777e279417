/** Returns the n-th synthetic card number: a Maskan prefix, n, and the correct Luhn digit. */
export function cardNumber(n: number): string {
  const body = `628023${String(n).padStart(9, '0')}`;
  for (let check = 0; check < 10; check++) if (luhnSum(`${body}${check}`) % 10 === 0) return `${body}${check}`;
  throw new Error('no check digit');
}

function luhnSum(digits: string): number {
  return [...digits].reduce((sum, character, i) => {
    const doubled = Number(character) * ((digits.length - i) % 2 === 0 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
}
