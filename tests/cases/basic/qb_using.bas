' run: dialect=qb
' USING behind other items; integers have all their digits.
PRINT TAB(10); USING "##.##"; 3.14159
PRINT 1; USING "##.##"; 3.14; 2
IF 1 THEN PRINT "a"; USING "#"; 5; : PRINT "b"
a& = 123456789: PRINT USING "#########"; a&
PRINT USING "##,###,###,###"; a&
PRINT USING "##.##^^^^"; a&
PRINT USING "###"; 7&; 70000&
