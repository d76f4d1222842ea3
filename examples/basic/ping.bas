' Says "ping" four times, a tenth of a second apart, or stops when asked to (parameter 0).
COUNT = 0
WHILE GETPARAM(0) = 0 AND COUNT < 4
  COUNT = COUNT + 1
  FORMAT "ping %", COUNT
  WAIT(100)
WEND
> "done"
