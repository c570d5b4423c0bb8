//! A client that asks one thing after the other over one connection, so that nothing but the site is measured.

use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection that is kept.
pub struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream =
            TcpStream::connect_timeout(&address, PATIENCE).with_context(|| format!("connecting to {address}"))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), address })
    }

    /// The body of `GET path`.
    ///
    /// # Errors
    /// When the answer is not 200, or is none.
    pub fn get(&mut self, path: &str) -> Result<Vec<u8>> {
        let (status, body, closes) = self.ask(path).with_context(|| format!("asking for {path}"))?;
        if closes {
            *self = Self::connect(self.address)?;
        }
        if status == 429 {
            bail!("the site limits how often it is asked; measure it with that limit raised")
        }
        ensure!(
            status == 200,
            "{path} was answered with {status}: {}",
            String::from_utf8_lossy(&body[..body.len().min(200)])
        );
        Ok(body)
    }

    fn ask(&mut self, path: &str) -> Result<(u16, Vec<u8>, bool)> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\n\r\n", self.address);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let first = self.line()?;
        let status =
            first.split(' ').nth(1).and_then(|status| status.parse().ok()).context("reading the status line")?;
        let (mut length, mut chunked, mut closes) = (0, false, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':').map(|(name, value)| (name, value.trim())) {
                None => break,
                Some(("content-length", value)) => length = value.parse().context("reading the length")?,
                Some(("transfer-encoding", value)) => chunked = value.contains("chunked"),
                Some(("connection", value)) => closes = value.contains("close"),
                Some(_) => {}
            }
        }
        let mut body = Vec::new();
        loop {
            if chunked {
                length = u64::from_str_radix(self.line()?.split(';').next().unwrap_or_default(), 16)
                    .context("reading a chunk")?;
            }
            let read = self.stream.by_ref().take(length).read_to_end(&mut body)?;
            ensure!(read as u64 == length, "the answer ended early");
            if !chunked {
                break;
            }
            self.line()?;
            if length == 0 {
                break;
            }
        }
        Ok((status, body, closes))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the connection was closed");
        Ok(line.trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn reads_bodies_with_a_length_and_in_chunks() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let site = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            for answer in [
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1;x\r\nf\r\n0\r\n\r\n",
                "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n",
            ] {
                let mut request = [0; 1024];
                assert!(stream.read(&mut request).unwrap() > 0);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        let mut client = Client::connect(address).unwrap();
        assert_eq!(client.get("/a").unwrap(), b"abc");
        assert_eq!(client.get("/b").unwrap(), b"def");
        assert!(client.get("/c").unwrap_err().to_string().contains("limits"));
        site.join().unwrap();
    }
}
