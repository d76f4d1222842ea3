/* Words of a text are counted in a hash table of which a few slots take nearly all accesses; the
   plan cannot see that a branch is hardly ever taken, a profile can. */
static int rare[700];
static struct slot {
    unsigned int key, count;
} slots[400];
static unsigned char text[2600];
static int letters[256];

int main(void) {
    unsigned int seed = 7;
    for (int i = 0; i < 2600; i++) {
        seed = seed * 1664525u + 1013904223u;
        text[i] = (unsigned char)('a' + (seed >> 24) % 26);
    }
    for (int pass = 0; pass < 20; pass++) {
        unsigned int hash = 5381;
        for (int i = 0; i < 2600; i++) {
            hash = hash * 33 + text[i];
            letters[text[i]]++;
            if (text[i] == 'q' && text[(i + 1) % 2600] == 'z')
                for (int k = 0; k < 700; k++)
                    rare[k] += (int)hash & k;
            if ((i & 3) == 3) {
                struct slot *slot = &slots[hash % 400];
                slot->key = hash;
                slot->count++;
            }
        }
    }
    return (int)(letters['e'] + slots[3].count + (unsigned int)rare[9]) & 127;
}
