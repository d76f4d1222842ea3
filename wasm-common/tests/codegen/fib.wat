(module
  (type (;0;) (func (param i32) (result i64)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 16)
  (export "memory" (memory 0))
  (export "fib" (func $fib))
  (export "_heap_ptr" (global 0))
  (func $fib (;0;) (type 0) (param i32) (result i64)
    (local i64 i64)
    block ;; label = @1
      local.get 0
      if ;; label = @2
        i64.const 0
        local.set 1
        i64.const 1
        local.set 2
        loop ;; label = @3
          local.get 0
          i32.const -1
          i32.add
          local.tee 0
          i32.eqz
          br_if 2 (;@1;)
          local.get 2
          local.get 1
          local.get 2
          i64.add
          local.set 2
          local.set 1
          br 0 (;@3;)
        end
      else
        i64.const 0
        local.set 2
      end
    end
    local.get 2
  )
)
 address     size     weight window  symbol
      16 heap starts
