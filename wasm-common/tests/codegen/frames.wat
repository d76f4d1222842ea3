(module
  (type (;0;) (func (param i32) (result i32)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 64)
  (global (;1;) (mut i32) i32.const 8256)
  (export "memory" (memory 0))
  (export "outer" (func $outer))
  (export "_heap_ptr" (global 1))
  (func $outer (;0;) (type 0) (param i32) (result i32)
    (local i32)
    i32.const 16
    local.get 0
    i32.store offset=8
    local.get 0
    i32.const 7
    i32.and
    i32.const 2
    i32.shl
    local.tee 1
    local.get 0
    call $down
    i32.store offset=24
    local.get 0
    call $taken
    local.get 1
    i32.load offset=24
    i32.add
  )
  (func $down (;1;) (type 0) (param i32) (result i32)
    (local i32)
    global.get 0
    local.tee 1
    i32.const 8240
    i32.gt_u
    if ;; label = @1
      unreachable
    end
    local.get 1
    i32.const 16
    i32.add
    global.set 0
    local.get 1
    local.get 0
    i32.store
    local.get 0
    if ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      call $down
      local.get 1
      i32.load
      i32.add
      local.get 1
      global.set 0
      return
    else
      local.get 0
      local.get 1
      global.set 0
      return
    end
    unreachable
  )
  (func $taken (;2;) (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32)
    global.get 0
    local.set 3
    local.get 0
    i32.const 4
    i32.add
    local.tee 1
    local.set 4
    i32.const 8256
    global.get 0
    i32.sub
    local.get 4
    i32.lt_u
    if ;; label = @1
      unreachable
    end
    global.get 0
    global.get 0
    local.get 4
    i32.const 15
    i32.add
    i32.const -16
    i32.and
    i32.add
    global.set 0
    local.tee 2
    local.get 0
    i32.store8
    local.get 1
    local.set 4
    i32.const 8256
    global.get 0
    i32.sub
    local.get 4
    i32.lt_u
    if ;; label = @1
      unreachable
    end
    global.get 0
    global.get 0
    local.get 4
    i32.const 15
    i32.add
    i32.const -16
    i32.and
    i32.add
    global.set 0
    local.tee 0
    i32.const 4
    i32.store8
    local.get 2
    i32.load8_u
    local.get 0
    i32.load8_u
    i32.add
    local.get 3
    global.set 0
  )
)
 address     size     weight window  symbol
      16       48          3 in      (frames)
      64     8192         32 partly  (stack)
    8256 heap starts
  53.57% of the accesses to these in the window
