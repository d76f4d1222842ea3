' run: dialect=qb
' Records in records, in elements; what REDIM SHARED makes; LSET of records.
TYPE pt
  x AS INTEGER
  y AS INTEGER
END TYPE
TYPE box
  n AS INTEGER
  p AS pt
  q AS pt
END TYPE
TYPE word3
  a AS STRING * 3
END TYPE
TYPE word5
  a AS STRING * 5
END TYPE
DIM a(1 TO 2) AS box, b AS box, u AS word3, v AS word5
a(1).p.x = 3: a(2).q.y = 4: b.q.x = 5
PRINT a(1).p.x; a(2).q.y; b.q.x; a(1).q.y
b = a(2)
PRINT b.q.y
u.a = "abc": v.a = "12345"
LSET v = u
PRINT v.a
LSET u = v
PRINT u.a
REDIM SHARED z(1 TO 5) AS LONG
z(5) = 7
fill
PRINT z(1); z(5)
SUB fill
  z(1) = 11
END SUB
