/* Fannkuch-redux: flips of permutations. */
#define N 7

__attribute__((export_name("bench"))) int bench(void) {
    int perm[N], perm1[N], count[N];
    int max_flips = 0, checksum = 0, r = N, permutations = 0;
    for (int i = 0; i < N; i++)
        perm1[i] = i;
    for (;;) {
        while (r != 1) {
            count[r - 1] = r;
            r--;
        }
        for (int i = 0; i < N; i++)
            perm[i] = perm1[i];
        int flips = 0, k;
        while ((k = perm[0]) != 0) {
            int half = (k + 1) >> 1;
            for (int i = 0; i < half; i++) {
                int t = perm[i];
                perm[i] = perm[k - i];
                perm[k - i] = t;
            }
            flips++;
        }
        if (flips > max_flips)
            max_flips = flips;
        checksum += permutations % 2 == 0 ? flips : -flips;
        for (;;) {
            if (r == N)
                return checksum * 100 + max_flips;
            int first = perm1[0];
            for (int i = 0; i < r; i++)
                perm1[i] = perm1[i + 1];
            perm1[r] = first;
            count[r]--;
            if (count[r] > 0)
                break;
            r++;
        }
        permutations++;
    }
}
