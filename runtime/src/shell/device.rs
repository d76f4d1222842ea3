//! Commands on the device: parameters, LEDs, pins, time.

use super::{Outcome, Session, command};
use crate::board::{CHANNELS, PARAMS, PINS, Rgb};
use alloc::{format, string::String, vec};

pub(super) fn param(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let id = |text: &String| {
        let id: u32 = command::number(text, "a parameter, 0 to 15")?;
        if id < PARAMS { Ok(id) } else { Err(format!("{id}: there are parameters 0 to 15")) }
    };
    match args {
        [] => {
            for id in 0..PARAMS {
                let value = session.board.param(id);
                session.print(&format!("{id:>2} {value}\n"));
            }
        }
        [which] => {
            let value = session.board.param(id(which)?);
            session.print(&format!("{value}\n"));
        }
        [which, value] => session.board.set_param(id(which)?, command::number(value, "a number")?),
        _ => return Err(command::usage("param")),
    }
    Ok(())
}

pub(super) fn led(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let channel = args.first().ok_or_else(|| command::usage("led"))?;
    let channel: u32 = command::number(channel, "a channel, 1 to 4")?;
    if !(1..=CHANNELS).contains(&channel) {
        return Err(format!("{channel}: there are channels 1 to {CHANNELS}"));
    }
    let count = session.board.led_count(channel);
    match &args[1..] {
        [] => session.print(&format!("channel {channel} has {count} LEDs\n")),
        [r, g, b] => {
            let part = |text: &String| command::number(text, "a brightness, 0 to 255");
            let colour = Rgb { r: part(r)?, g: part(g)?, b: part(b)? };
            session.board.show(channel, &vec![colour; count]);
        }
        _ => return Err(command::usage("led")),
    }
    Ok(())
}

pub(super) fn gpio(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let pin = args.first().ok_or_else(|| command::usage("gpio"))?;
    let pin = command::number(pin, "a pin")?;
    if pin >= PINS {
        return Err(format!("{pin}: there are pins 0 to {}", PINS - 1));
    }
    match args.get(1).map(String::as_str) {
        None => {
            let level = u8::from(session.board.pin(pin));
            session.print(&format!("{level}\n"));
        }
        Some("0") => session.board.set_pin(pin, false),
        Some("1") => session.board.set_pin(pin, true),
        Some(_) => return Err(command::usage("gpio")),
    }
    Ok(())
}

pub(super) fn time(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    let up = session.board.uptime_ms();
    let now = session.board.epoch_ms().map_or(String::from("no time source"), |ms| {
        let seconds = ms.div_euclid(1000).rem_euclid(86_400);
        format!("{:02}:{:02}:{:02} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60)
    });
    session.print(&format!("{now}, up {}.{:03} s\n", up / 1000, up % 1000));
    Ok(())
}

pub(super) fn history(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    for (number, line) in session.shell.history.iter().enumerate() {
        session.board.write(format!("{:>3}  {line}\n", number + 1).as_bytes());
    }
    Ok(())
}

pub(super) fn version(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    session.print(concat!("wasmcu ", env!("CARGO_PKG_VERSION"), "\n"));
    Ok(())
}
