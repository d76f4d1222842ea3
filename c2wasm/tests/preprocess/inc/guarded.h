#ifndef GUARDED_H
#define GUARDED_H
guarded __INCLUDE_LEVEL__
#include "nested.h"
#define guard_value 7
#endif
