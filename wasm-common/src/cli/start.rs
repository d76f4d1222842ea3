//! How a compiler's program starts.
//!
//! Where it is linked statically (`build/static_link.rs`), that is by C's `main`. Rust's own asks the
//! system where the stack ends, which glibc answers from the text of `/proc/self/maps`, and makes a
//! stack on which to report an overflow of the first: 0.04 of the 1.1 ms that 100 lines of C take.
//! What that start does besides is to ignore SIGPIPE; here a reader that goes away ends the program,
//! as it ends a C compiler.

/// Defines the program whose arguments, output and exit code are those of the function `$run`.
#[macro_export]
macro_rules! program {
    ($run:path) => {
        #[global_allocator]
        static POOL: $crate::cli::Pool = $crate::cli::Pool;

        #[cfg(not(c_start))]
        fn main() -> std::process::ExitCode {
            std::process::ExitCode::from($run())
        }

        /// C11 5.1.2.2.1; glibc gives std the arguments before this.
        // SAFETY: nothing else is called `main`, and the program is linked with C's start files.
        #[cfg(c_start)]
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        extern "C" fn main() -> core::ffi::c_int {
            // A panic, which is a bug, has its message and its usual code, and stays in Rust.
            std::process::exit(std::panic::catch_unwind($run).map_or(101, i32::from))
        }
    };
}
