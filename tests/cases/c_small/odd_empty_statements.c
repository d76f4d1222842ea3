#include <stdio.h>

int main(void) {
    ;
    ;
    {
    }
    for (;;) {
        break;
    }
    if (1) ;
    else ;
    while (0) ;
    do ;
    while (0);
    int i = 0;
    lab: ;
    i++;
    if (i < 3) goto lab;
    switch (i) {
    }
    switch (i) default: i++;
    printf("%d\n", i);
    return 0;
}
