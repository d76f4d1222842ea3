(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 16)
  (export "memory" (memory 0))
  (export "walk" (func $walk))
  (export "_heap_ptr" (global 0))
  (func $walk (;0;) (type 0) (param i32 i32) (result i32)
    (local i32)
    local.get 0
    if ;; label = @1
      i32.const 0
      local.set 2
      i32.const 0
      local.set 0
    else
      i32.const 1
      local.set 2
      i32.const 0
      local.set 0
    end
    loop ;; label = @1
      local.get 2
      if ;; label = @2
        local.get 1
        i32.const 1
        i32.sub
        local.tee 1
        i32.const 0
        i32.gt_s
        local.get 0
        i32.const 10
        i32.mul
        local.set 0
        i32.const 0
        local.set 2
        br_if 1 (;@1;)
      else
        i32.const 1
        local.set 2
        local.get 0
        i32.const 3
        i32.add
        local.set 0
        br 1 (;@1;)
      end
    end
    local.get 0
  )
)
 address     size     weight window  symbol
      16 heap starts
