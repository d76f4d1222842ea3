(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 16)
  (export "memory" (memory 0))
  (export "walk" (func $walk))
  (export "_heap_ptr" (global 0))
  (func $walk (;0;) (type 0) (param i32 i32) (result i32)
    (local i32 i32 i32)
    local.get 0
    if ;; label = @1
      i32.const 1
      local.set 3
      i32.const 0
      local.set 0
      i32.const 0
      local.set 4
      i32.const 0
      local.set 2
    else
      i32.const 0
      local.set 3
      local.get 1
      local.set 0
      i32.const 0
      local.set 4
      i32.const 0
      local.set 1
      i32.const 0
      local.set 2
    end
    block ;; label = @1
      loop ;; label = @2
        block ;; label = @3
          block ;; label = @4
            local.get 3
            br_table 1 (;@3;) 0 (;@4;)
          end
          local.get 1
          local.set 0
          local.get 2
          local.set 3
          i32.const 0
          local.get 3
          i32.const 3
          i32.add
          local.set 4
          local.set 3
          br 1 (;@2;)
        end
        local.get 0
        local.set 3
        local.get 4
        local.tee 2
        i32.const 10
        i32.mul
        local.set 2
        local.get 3
        i32.const 1
        i32.sub
        local.tee 1
        i32.const 0
        i32.le_s
        br_if 1 (;@1;)
        i32.const 1
        local.set 3
        br 0 (;@2;)
      end
    end
    local.get 2
  )
)
 address     size     weight window  symbol
      16 heap starts
