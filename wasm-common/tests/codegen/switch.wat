(module
  (type (;0;) (func (param i32) (result i32)))
  (memory (;0;) 1)
  (global (;0;) (mut i32) i32.const 16)
  (export "memory" (memory 0))
  (export "machine" (func $machine))
  (export "_heap_ptr" (global 0))
  (func $machine (;0;) (type 0) (param i32) (result i32)
    (local i32)
    i32.const 0
    local.set 1
    block ;; label = @1
      loop ;; label = @2
        block ;; label = @3
          block ;; label = @4
            block ;; label = @5
              block ;; label = @6
                block ;; label = @7
                  local.get 0
                  i32.const 3
                  i32.and
                  br_table 0 (;@7;) 1 (;@6;) 2 (;@5;) 3 (;@4;) 4 (;@3;)
                end
                local.get 0
                i32.eqz
                local.get 1
                i32.const 100
                i32.add
                local.set 1
                br_if 5 (;@1;)
                br 3 (;@3;)
              end
              local.get 1
              i32.const 1
              i32.add
              local.set 1
            end
            local.get 1
            i32.const 2
            i32.mul
            local.set 1
            br 1 (;@3;)
          end
          local.get 1
          i32.const 5
          i32.xor
          local.set 1
        end
        local.get 0
        i32.const -1
        i32.add
        local.tee 0
        i32.const 0
        i32.ge_s
        br_if 0 (;@2;)
      end
    end
    local.get 1
  )
)
 address     size     weight window  symbol
      16 heap starts
