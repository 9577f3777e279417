/* HMAC-SHA-1 codes a second of CPU time with OpenSSL's EVP_MAC, set up again with its key for each code. */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CODES = 200000, ROUNDS_MAX = 99 };

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

int main(int argc, char **argv) {
  static const unsigned char key[20] = "12345678901234567890";
  int rounds = argc > 1 ? atoi(argv[1]) : 9;
  double codes[ROUNDS_MAX];
  unsigned sum = 0;
  EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  EVP_MAC_CTX *ctx = EVP_MAC_CTX_new(mac);
  OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA1", 0), OSSL_PARAM_construct_end()};
  if (rounds > ROUNDS_MAX) rounds = ROUNDS_MAX;
  EVP_MAC_init(ctx, key, sizeof key, params);
  for (int r = 0; r < rounds; r++) {
    double from = seconds();
    for (unsigned i = 0; i < CODES; i++) {
      unsigned char message[8] = {0, 0, 0, 0, i >> 24, i >> 16, i >> 8, i}, out[20];
      size_t length;
      /* Without a key: the context keeps the padded key's state, as a midstate does. */
      EVP_MAC_init(ctx, NULL, 0, NULL);
      EVP_MAC_update(ctx, message, sizeof message);
      EVP_MAC_final(ctx, out, &length, sizeof out);
      unsigned at = out[19] & 15;
      sum += (((out[at] & 127u) << 24) | (out[at + 1] << 16) | (out[at + 2] << 8) | out[at + 3]) % 1000000;
    }
    codes[r] = CODES / (seconds() - from);
  }
  qsort(codes, rounds, sizeof *codes, ascending);
  printf("{\"openssl_reinit\":%.0f,\"sum\":%u}\n", codes[rounds / 2], sum);
  return 0;
}
