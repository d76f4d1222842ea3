(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32) (result i32)))
  (import "env" "out" (func $out (;0;) (type 0) (param i32) (result i32)))
  (memory (;0;) 1)
  (global $g (;0;) (mut i32) i32.const 2)
  (global (;1;) (mut i32) i32.const 24)
  (export "memory" (memory 0))
  (export "order" (func $order))
  (export "g" (global $g))
  (export "_heap_ptr" (global 1))
  (func $order (;1;) (type 1) (param i32 i32) (result i32)
    (local i32 i32 i32)
    i32.const 16
    i32.load
    local.set 2
    global.get $g
    local.set 3
    i32.const 16
    local.get 0
    i32.store
    local.get 1
    call $out
    local.set 4
    local.get 0
    call $out
    local.get 4
    i32.sub
    global.set $g
    local.get 2
    i32.const 16
    i32.load
    local.tee 0
    local.get 0
    i32.mul
    i32.add
    local.get 1
    i32.div_s
    local.get 3
    i32.add
  )
  (data (;0;) (i32.const 16) "\05")
)
 address     size     weight window  symbol
      16        8          3 in      cell
      24 heap starts
 100.00% of the accesses to these in the window
