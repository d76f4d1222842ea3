(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (type (;1;) (func (param i32) (result i32)))
  (table (;0;) 3 3 funcref)
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 24)
  (export "memory" (memory 0))
  (export "pick" (func $pick))
  (export "_heap_ptr" (global 0))
  (elem (;0;) (i32.const 1) func $twice $square)
  (func $pick (;0;) (type 0) (param i32 i32) (result i32)
    local.get 1
    local.get 0
    i32.load offset=16
    call_indirect (type 1)
    i32.const 1
    call_indirect (type 1)
  )
  (func $twice (;1;) (type 1) (param i32) (result i32)
    local.get 0
    local.get 0
    i32.add
  )
  (func $square (;2;) (type 1) (param i32) (result i32)
    local.get 0
    local.get 0
    i32.mul
  )
  (data (;0;) (i32.const 16) "\02\00\00\00\01")
)
 address     size     weight window  symbol
      16        8          0 in      ops
      24 heap starts
