(module
  (type (;0;) (func (param i32) (result i32)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 1040)
  (export "memory" (memory 0))
  (export "sieve" (func $sieve))
  (export "_heap_ptr" (global 0))
  (func $sieve (;0;) (type 0) (param i32) (result i32)
    (local i32 i32 i32)
    i32.const 2
    local.set 1
    i32.const 0
    local.set 2
    block ;; label = @1
      loop ;; label = @2
        local.get 1
        local.get 0
        i32.ge_s
        br_if 1 (;@1;)
        block ;; label = @3
          local.get 1
          i32.load8_u offset=16
          br_if 0 (;@3;)
          local.get 1
          local.get 1
          i32.add
          local.set 3
          block ;; label = @4
            loop ;; label = @5
              local.get 3
              local.get 0
              i32.ge_s
              br_if 1 (;@4;)
              local.get 3
              i32.const 1
              i32.store8 offset=16
              local.get 3
              local.get 1
              i32.add
              local.set 3
              br 0 (;@5;)
            end
          end
          local.get 2
          i32.const 1
          i32.add
          local.set 2
        end
        local.get 1
        i32.const 1
        i32.add
        local.set 1
        br 0 (;@2;)
      end
    end
    local.get 2
  )
)
 address     size     weight window  symbol
      16     1024         72 in      flags
    1040 heap starts
 100.00% of the accesses to these in the window
