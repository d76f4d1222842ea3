/* Messages name the file and line that #line gives. */
int before = missing_one;
#line 100 "generated.y"
int after = missing_two;
# 7 "other.c"
int marked = missing_three;
