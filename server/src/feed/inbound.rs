//! What a client sends: frames guarded before they are buffered, metered, and read into the few known messages.

use actix_http::ws::{OpCode, Parser, ProtocolError};
use actix_web::web::{Bytes, BytesMut};
use chiyuan_geo::Bounds;
use serde::Deserialize;
use tokio::time::Instant;

use crate::api::json;

/// Largest frame that a client may announce, bytes (S26).
pub const MAX_FRAME: u64 = 16 * 1024;
/// Largest message in fragments, bytes (S26).
pub const MAX_MESSAGE: usize = 64 * 1024;
/// Bytes a minute that a client may send (S26).
pub const BYTES_A_MINUTE: f64 = 1024.0 * 1024.0;
/// Messages a minute that a client may send, and how many of them at once (S25).
pub const MESSAGES_A_MINUTE: f64 = 100.0;
/// See [`MESSAGES_A_MINUTE`].
pub const MESSAGES_AT_ONCE: f64 = 20.0;
/// Largest payload of a control frame, bytes (RFC 6455, 5.5).
const MAX_CONTROL: u64 = 125;

/// Close codes of RFC 6455 that answer what a client sent.
pub mod code {
    pub const NORMAL: u16 = 1000;
    pub const PROTOCOL: u16 = 1002;
    pub const UNSUPPORTED: u16 = 1003;
    pub const NOT_TEXT: u16 = 1007;
    pub const POLICY: u16 = 1008;
    pub const TOO_LARGE: u16 = 1009;
}

/// Why a socket is closed: a close code and words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub code: u16,
    pub reason: String,
}

impl Closing {
    /// A code with its words.
    pub fn new(code: u16, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
        }
    }
}

/// What a client says.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// Only fixes inside from now on; none is everything.
    Watch(Option<Bounds>),
    Ping(Bytes),
    Pong,
    /// It wants to leave.
    Close,
}

/// A bucket that fills evenly.
struct Bucket {
    level: f64,
    capacity: f64,
    a_minute: f64,
    at: Instant,
}

impl Bucket {
    fn full(capacity: f64, a_minute: f64, at: Instant) -> Self {
        Self {
            level: capacity,
            capacity,
            a_minute,
            at,
        }
    }

    fn take(&mut self, amount: f64, now: Instant) -> bool {
        let filled = now.duration_since(self.at).as_secs_f64() * self.a_minute / 60.0;
        self.at = now;
        self.level = (self.level + filled).min(self.capacity) - amount;
        self.level >= 0.0
    }
}

/// Reads the frames of one client.
pub struct Inbound {
    buffer: BytesMut,
    /// Fragments of a message that is not complete, and whether it is text.
    message: Option<(bool, BytesMut)>,
    bytes: Bucket,
    messages: Bucket,
}

impl Inbound {
    /// A reader of a new socket.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self {
            buffer: BytesMut::new(),
            message: None,
            bytes: Bucket::full(BYTES_A_MINUTE, BYTES_A_MINUTE, now),
            messages: Bucket::full(MESSAGES_AT_ONCE, MESSAGES_A_MINUTE, now),
        }
    }

    /// Takes in what arrived.
    ///
    /// # Errors
    /// If the client sends too much.
    pub fn take(&mut self, arrived: &[u8], now: Instant) -> Result<(), Closing> {
        let unguarded = crate::mutant::is("no_frame_guard");
        #[expect(
            clippy::cast_precision_loss,
            reason = "a chunk is far smaller than 2^52"
        )]
        if !self.bytes.take(arrived.len() as f64, now) && !unguarded {
            return Err(Closing::new(code::POLICY, "more than 1 MiB a minute"));
        }
        self.buffer.extend_from_slice(arrived);
        Ok(())
    }

    /// The next message that is complete.
    ///
    /// # Errors
    /// If it is malformed, too large, unknown or one too many.
    pub fn next(&mut self, now: Instant) -> Result<Option<Received>, Closing> {
        loop {
            if !crate::mutant::is("no_frame_guard") {
                check_header(&self.buffer)?;
            }
            let max = usize::try_from(MAX_FRAME).unwrap_or(usize::MAX);
            let Some((last, code, payload)) =
                Parser::parse(&mut self.buffer, true, max).map_err(malformed)?
            else {
                return Ok(None);
            };
            let payload = payload.unwrap_or_default();
            if code != OpCode::Pong && !self.messages.take(1.0, now) {
                return Err(Closing::new(
                    code::POLICY,
                    "more than 100 messages a minute",
                ));
            }
            if let Some(received) = self.frame(last, code, payload)? {
                return Ok(Some(received));
            }
        }
    }

    fn frame(
        &mut self,
        last: bool,
        code: OpCode,
        payload: BytesMut,
    ) -> Result<Option<Received>, Closing> {
        let protocol = |reason: &str| Err(Closing::new(code::PROTOCOL, reason));
        match code {
            OpCode::Ping => return Ok(Some(Received::Ping(payload.freeze()))),
            OpCode::Pong => return Ok(Some(Received::Pong)),
            OpCode::Close => {
                Parser::try_parse_close_payload(&payload).map_err(malformed)?;
                return Ok(Some(Received::Close));
            }
            OpCode::Text | OpCode::Binary => {
                if self.message.is_some() {
                    return protocol("a message inside another");
                }
                self.message = Some((code == OpCode::Text, payload));
            }
            OpCode::Continue => match &mut self.message {
                Some((_, message)) if message.len() + payload.len() <= MAX_MESSAGE => {
                    message.extend_from_slice(&payload);
                }
                Some(_) => {
                    return Err(Closing::new(
                        code::TOO_LARGE,
                        "a message has at most 64 KiB",
                    ));
                }
                None => return protocol("a continuation of nothing"),
            },
            OpCode::Bad => return protocol("unknown frame"),
        }
        match self.message.take_if(|_| last) {
            None => Ok(None),
            Some((true, message)) => read(&message).map(Some),
            Some((false, _)) => Err(Closing::new(code::UNSUPPORTED, "messages are text")),
        }
    }
}

/// Refuses a frame by its header, before its payload is buffered: the parser itself looks at the announced length
/// only when everything has arrived.
fn check_header(buffer: &[u8]) -> Result<(), Closing> {
    let [first, second, rest @ ..] = buffer else {
        return Ok(());
    };
    let announced = match (second & 0x7f, rest) {
        (126, [a, b, ..]) => u64::from(u16::from_be_bytes([*a, *b])),
        (127, [a, b, c, d, e, f, g, h, ..]) => u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
        (126 | 127, _) => return Ok(()),
        (short, _) => u64::from(short),
    };
    let control = first & 0x08 != 0;
    if control && (announced > MAX_CONTROL || first & 0x80 == 0) {
        return Err(Closing::new(
            code::PROTOCOL,
            "a control frame is short and whole",
        ));
    }
    if announced > MAX_FRAME {
        return Err(Closing::new(code::TOO_LARGE, "a frame has at most 16 KiB"));
    }
    Ok(())
}

fn malformed(error: ProtocolError) -> Closing {
    let code = match error {
        ProtocolError::Overflow => code::TOO_LARGE,
        _ => code::PROTOCOL,
    };
    Closing::new(code, error.to_string())
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Incoming {
    Watch {
        #[serde(deserialize_with = "present")]
        bbox: Option<[f64; 4]>,
    },
}

/// A field that may be null but not left out.
fn present<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<[f64; 4]>, D::Error> {
    Option::deserialize(deserializer)
}

/// Reads a text message.
///
/// # Errors
/// If it is not UTF-8, or no message that is known.
pub fn read(message: &[u8]) -> Result<Received, Closing> {
    if std::str::from_utf8(message).is_err() {
        return Err(Closing::new(code::NOT_TEXT, "text is UTF-8"));
    }
    let unknown = |detail: String| Closing::new(code::POLICY, format!("unknown message: {detail}"));
    let Incoming::Watch { bbox } =
        json::parse(message).map_err(|error| unknown(error.to_string()))?;
    let Some([west, south, east, north]) = bbox else {
        return Ok(Received::Watch(None));
    };
    let bounds = Bounds::new(west, south, east, north);
    let bounds = bounds.map_err(|error| Closing::new(code::POLICY, format!("bbox: {error}")))?;
    Ok(Received::Watch(Some(bounds)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A frame as a client sends it, masked.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![first];
        match payload.len() {
            short @ 0..=125 => frame.push(0x80 | u8::try_from(short).unwrap()),
            long => {
                frame.push(0x80 | 126);
                frame.extend(u16::try_from(long).unwrap().to_be_bytes());
            }
        }
        frame.extend([1, 2, 3, 4]);
        frame.extend(
            payload
                .iter()
                .enumerate()
                .map(|(n, byte)| byte ^ [1, 2, 3, 4][n % 4]),
        );
        frame
    }

    fn reader() -> (Inbound, Instant) {
        let now = Instant::now();
        (Inbound::new(now), now)
    }

    fn outcome(bytes: &[u8]) -> Result<Option<Received>, u16> {
        let (mut inbound, now) = reader();
        inbound.take(bytes, now).unwrap();
        inbound.next(now).map_err(|closing| closing.code)
    }

    const WATCH: &[u8] = br#"{"type":"watch","bbox":[112.0,39.0,113.0,40.0]}"#;

    #[test]
    fn a_watch_is_read_whole_in_fragments_and_byte_by_byte() {
        let expected = Received::Watch(Some(Bounds::new(112.0, 39.0, 113.0, 40.0).unwrap()));
        assert_eq!(outcome(&frame(0x81, WATCH)), Ok(Some(expected.clone())));
        let fragments = [
            frame(0x01, &WATCH[..5]),
            frame(0x89, b"ping"),
            frame(0x00, b""),
            frame(0x80, &WATCH[5..]),
        ];
        let (mut inbound, now) = reader();
        let mut heard = Vec::new();
        for byte in fragments.concat() {
            inbound.take(&[byte], now).unwrap();
            heard.extend(inbound.next(now).unwrap());
        }
        assert_eq!(
            heard,
            [Received::Ping(Bytes::from_static(b"ping")), expected]
        );
        let everything = frame(0x81, br#"{"type":"watch","bbox":null}"#);
        assert_eq!(outcome(&everything), Ok(Some(Received::Watch(None))));
        let across = frame(0x81, br#"{"type":"watch","bbox":[170,-10,-170,10]}"#);
        assert!(matches!(
            outcome(&across),
            Ok(Some(Received::Watch(Some(_))))
        ));
    }

    #[test]
    fn a_frame_is_refused_by_what_it_announces() {
        let tebibyte = [&[0x81, 0xff][..], &(1_u64 << 40).to_be_bytes()].concat();
        assert_eq!(outcome(&tebibyte), Err(code::TOO_LARGE));
        let top_bit = [&[0x81, 0xff][..], &u64::MAX.to_be_bytes()].concat();
        assert_eq!(outcome(&top_bit), Err(code::TOO_LARGE));
        assert_eq!(
            outcome(&[0x81, 0xfe, 0x40, 0x01]),
            Err(code::TOO_LARGE),
            "16 KiB + 1"
        );
        assert_eq!(outcome(&[0x81, 0xfe, 0x40, 0x00]), Ok(None), "16 KiB");
    }

    #[test]
    fn malformed_frames_close_with_their_code() {
        let long_ping = frame(0x89, &[0; 126]);
        let cases: [(&str, Vec<u8>, u16); 15] = [
            ("unmasked", vec![0x81, 0x01, b'a', 0, 0, 0], code::PROTOCOL),
            ("reserved bits", frame(0xc1, b"a"), code::PROTOCOL),
            ("unknown opcode", frame(0x83, b"a"), code::PROTOCOL),
            ("unknown control opcode", frame(0x8b, b"a"), code::PROTOCOL),
            ("long ping", long_ping, code::PROTOCOL),
            ("fragmented ping", frame(0x09, b"a"), code::PROTOCOL),
            ("continuation of nothing", frame(0x80, b"a"), code::PROTOCOL),
            (
                "text in text",
                [frame(0x01, b"a"), frame(0x81, b"b")].concat(),
                code::PROTOCOL,
            ),
            ("close of one byte", frame(0x88, b"a"), code::PROTOCOL),
            (
                "close with code 1005",
                frame(0x88, &1005_u16.to_be_bytes()),
                code::PROTOCOL,
            ),
            ("not UTF-8", frame(0x81, b"\xff\xfe"), code::NOT_TEXT),
            ("binary", frame(0x82, WATCH), code::UNSUPPORTED),
            (
                "unknown message",
                frame(0x81, br#"{"type":"shout"}"#),
                code::POLICY,
            ),
            ("no bbox", frame(0x81, br#"{"type":"watch"}"#), code::POLICY),
            (
                "bad bbox",
                frame(0x81, br#"{"type":"watch","bbox":[0,91,0,92]}"#),
                code::POLICY,
            ),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(outcome(&bytes), Err(expected), "{name}");
        }
    }

    #[test]
    fn fragments_are_bounded() {
        let (mut inbound, now) = reader();
        let mut outcome = Ok(None);
        for number in 0..6 {
            let first = if number == 0 { 0x01 } else { 0x00 };
            inbound.take(&frame(first, &[b'a'; 16_000]), now).unwrap();
            outcome = inbound.next(now);
            if outcome.is_err() {
                break;
            }
        }
        assert_eq!(
            outcome.map_err(|closing| closing.code),
            Err(code::TOO_LARGE)
        );
    }

    #[test]
    fn messages_and_bytes_are_metered() {
        let (mut inbound, now) = reader();
        let watch = frame(0x81, br#"{"type":"watch","bbox":null}"#);
        let send =
            |inbound: &mut Inbound, at| inbound.take(&watch, at).and_then(|()| inbound.next(at));
        for _ in 0..20 {
            assert!(send(&mut inbound, now).is_ok());
        }
        let later = now + Duration::from_secs(60);
        let mut slow = Inbound::new(now);
        for number in 0..100 {
            assert!(send(&mut slow, now + Duration::from_secs(number)).is_ok());
        }
        assert_eq!(send(&mut inbound, now).unwrap_err().code, code::POLICY);
        let chunk = [0; 16 * 1024];
        let mut inbound = Inbound::new(now);
        let taken = (0..100)
            .take_while(|_| inbound.take(&chunk, now).is_ok())
            .count();
        assert_eq!(taken, 64);
        let mut inbound = Inbound::new(now);
        assert!((0..64).all(|_| inbound.take(&chunk, now).is_ok()));
        assert!((0..64).all(|_| inbound.take(&chunk, later).is_ok()));
    }
}
