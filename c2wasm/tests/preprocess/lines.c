#define line __LINE__
line
#define multi(a, \
  b) a \
  b line
multi(1,
2
)
#line 100
__LINE__ line
#line 200 "other.c"
__LINE__ __FILE__
#define num 300
#line num
__LINE__
# 7 "marker.c"
__LINE__ __FILE__
sp\
lit __LI\
NE__
a /* comment
over lines */ b
__COUNTER__ __COUNTER__
