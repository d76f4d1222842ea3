/* Three loops over memory, as a measure of a device: a sieve, byte writes, byte reads. Both arrays
 * fit into the first 4 KiB, so with the layout right they run at DRAM speed. */
#include <conez_api.h>
#include <stdio.h>

#define SIZE 1024
#define SIEVES 100
#define PASSES 1000

unsigned char sieve[SIZE];
unsigned char membuf[SIZE];

static int count_primes(void) {
    int count = 0;
    for (int i = 2; i < SIZE; i++)
        sieve[i] = 1;
    for (int i = 2; i * i < SIZE; i++)
        if (sieve[i])
            for (int j = i * i; j < SIZE; j += i)
                sieve[j] = 0;
    for (int i = 2; i < SIZE; i++)
        count += sieve[i];
    return count;
}

static void write_bytes(void) {
    for (int pass = 0; pass < PASSES; pass++)
        for (int i = 0; i < SIZE; i++)
            membuf[i] = (unsigned char)(i + pass);
}

static unsigned int read_bytes(void) {
    unsigned int sum = 0;
    for (int pass = 0; pass < PASSES; pass++)
        for (int i = 0; i < SIZE; i++)
            sum += membuf[i];
    return sum;
}

int main(void) {
    int primes = 0;
    int start = millis();
    for (int i = 0; i < SIEVES; i++)
        primes = count_primes();
    int sieved = millis();
    write_bytes();
    int written = millis();
    unsigned int checksum = read_bytes();
    int done = millis();

    printf("primes   %d in %d ms\n", primes, sieved - start);
    printf("write    %d ms\n", written - sieved);
    printf("read     %d ms\n", done - written);
    printf("checksum %u\n", checksum);
    return primes == 172 && checksum == 130560000u ? 0 : 1;
}
