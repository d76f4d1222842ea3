(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 0)
  (global (;1;) (mut i32) i32.const 16)
  (export "memory" (memory 0))
  (export "sum" (func $sum))
  (export "__line" (global 0))
  (export "_heap_ptr" (global 1))
  (func $sum (;0;) (type 0) (param i32 i32) (result i32)
    (local i32)
    i32.const 0
    local.set 2
    i32.const 7
    global.set 0
    loop ;; label = @1
      local.get 2
      local.get 0
      local.get 1
      i32.rem_s
      i32.add
      local.set 2
      local.get 0
      i32.const -1
      i32.add
      local.tee 0
      br_if 0 (;@1;)
    end
    local.get 2
  )
)
 address     size     weight window  symbol
      16 heap starts
