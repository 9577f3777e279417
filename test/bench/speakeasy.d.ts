declare module 'speakeasy' {
  const speakeasy: {
    hotp(options: { secret: string; encoding: string; counter: number; algorithm: string }): string;
  };
  export default speakeasy;
}
