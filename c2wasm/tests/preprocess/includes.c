#include "inc/guarded.h"
#include "inc/guarded.h"
#include "inc/once.h"
#include "inc/once.h"
#define header "inc/plain.h"
#include header
#define angle <inc/plain.h>
#define make(x) #x
#include make(inc/plain.h)
#if __has_include("inc/plain.h")
found
#endif
__INCLUDE_LEVEL__ guard_value
