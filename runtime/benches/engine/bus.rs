//! What replacement policies, page sizes and reading ahead cost on the bus of the simulated chip: no
//! window, and a cache of 4 KiB that is too small for the program's data.

use super::{AnyHost, Program, instance, psram};
use runtime::memory::{BusStats, Policy, Stats};

/// What a run put on a bus at `mhz`.
fn run(
    (name, bytes, n): Program,
    mhz: u32,
    (page_size, pages): (u32, u32),
    policy: Policy,
    ahead: bool,
) -> (Stats, BusStats) {
    let memory = psram(mhz, 0, page_size, pages).with_policy(policy).with_read_ahead(ahead);
    let mut instance = instance(bytes, memory);
    let n = if name == "sieve" { 1 } else { n };
    instance.call("run", &[n], &mut AnyHost).expect("it runs");
    (instance.memory().stats(), instance.memory().bus().spi().stats())
}

pub(crate) fn table(programs: &[Program]) {
    println!(
        "bus                              misses   fetches  commands      read   written  us at     us at"
    );
    println!(
        "                                                   (40 MHz)     bytes     bytes  40 MHz    80 MHz"
    );
    for &program in programs {
        if !["fft", "sieve"].contains(&program.0) {
            continue;
        }
        for shape in [(512, 8), (256, 16)] {
            let policies = [
                ("clock", Policy::Clock, false),
                ("LRU", Policy::Lru, false),
                ("clock, ahead", Policy::Clock, true),
            ];
            for (policy_name, policy, ahead) in policies {
                let [at_40, at_80] = [40, 80].map(|mhz| run(program, mhz, shape, policy, ahead));
                println!("{}", line(program.0, shape, policy_name, at_40, at_80));
            }
        }
    }
}

fn line(
    name: &str,
    (page_size, pages): (u32, u32),
    policy: &str,
    (stats, slow): (Stats, BusStats),
    (_, fast): (Stats, BusStats),
) -> String {
    format!(
        "{name:6} {pages:3}x{page_size} {policy:13} {:8} {:9} {:9} {:9} {:9} {:9} {:9}",
        stats.misses,
        stats.fetches,
        slow.commands,
        slow.read_bytes,
        slow.written_bytes,
        slow.nanoseconds / 1000,
        fast.nanoseconds / 1000,
    )
}
