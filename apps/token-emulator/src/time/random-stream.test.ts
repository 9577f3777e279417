import { describe, expect, it } from 'vitest';
import { RandomStream } from './random-stream.ts';

const COUNT = 20_000;

describe('random streams', () => {
  it('depend only on seed and name, and resume from any position', () => {
    const numbers = (stream: RandomStream) => Array.from({ length: 5 }, () => stream.draw());
    expect(numbers(new RandomStream(1, 'a'))).toEqual(numbers(new RandomStream(1, 'a')));
    expect(numbers(new RandomStream(1, 'a'))).not.toEqual(numbers(new RandomStream(2, 'a')));
    expect(numbers(new RandomStream(1, 'a'))).not.toEqual(numbers(new RandomStream(1, 'b')));
    const began = new RandomStream(1, 'a');
    numbers(began);
    expect(numbers(new RandomStream(1, 'a', began.drawn))).toEqual(numbers(began));
  });

  it('are uniform and normal within tolerance, also across seeds', () => {
    const draws = Array.from({ length: COUNT }, (_, seed) => new RandomStream(seed, 'made').draw());
    const mean = draws.reduce((sum, one) => sum + one, 0) / COUNT;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = draws.filter((one) => Math.floor(one * 10) === tenth).length / COUNT;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
    }
    const stream = new RandomStream(7, 'normal');
    const normals = Array.from({ length: COUNT }, () => stream.normal());
    expect(Math.abs(normals.reduce((sum, one) => sum + one, 0) / COUNT)).toBeLessThan(0.03);
    expect(Math.abs(normals.reduce((sum, one) => sum + one * one, 0) / COUNT - 1)).toBeLessThan(0.05);
  });
});
