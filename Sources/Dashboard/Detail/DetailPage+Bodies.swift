// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import EventLog
import Screen

extension DetailPage {
    /// What the platform asked.
    func request(of call: CallRecord) -> [StyledLine] {
        if let exchange = call.exchange {
            return heading("\(exchange.body.count) bytes") + document(exchange.body)
        }
        guard let first = call.timeline.first else { return wrapped("nothing was kept of this call", as: .muted) }
        return wrapped("Not asked: no assistant-request came for this call. Its first webhook:", as: .muted)
            + heading("\(first.event.wireName), \(first.body.count) bytes") + document(first.body)
    }

    /// What went out: the exact bytes, then the same laid out.
    func answer(of call: CallRecord) -> [StyledLine] {
        guard let exchange = call.exchange else {
            return wrapped("Not asked, so nothing was answered.", as: .muted)
        }
        let time = "in \(Words.milliseconds(exchange.microseconds)) ms"
        let exact = heading("\(exchange.reply.count) bytes, exactly, \(time)") + raw(exchange.reply)
        guard exchange.reply.count > 2 else {
            return exact + [StyledLine("", .text)] + wrapped("{} means: the saved assistant, as it is.", as: .muted)
        }
        return exact + [StyledLine("", .text)] + heading("laid out") + document(exchange.reply)
    }

    private func heading(_ words: String) -> [StyledLine] {
        [StyledLine(words, .header)]
    }

    /// A document laid out, or as it came when it is not JSON.
    private func document(_ bytes: [UInt8]) -> [StyledLine] {
        guard let lines = PrettyJSON.lines(bytes) else {
            return [StyledLine("This is not JSON; as it came:", .failed)] + raw(bytes)
        }
        return lines.prefix(Detail.mostLines).flatMap { line in
            let blanks = line.prefix { $0 == " " }.count
            let pieces = TextWrap.lines(String(line.dropFirst(blanks)), width: max(16, width - blanks - 2))
            return pieces.enumerated().map { index, piece in
                // What goes on stands two columns in from where it began.
                StyledLine(String(repeating: " ", count: index == 0 ? blanks : blanks + 2) + piece, .text)
            }
        }
    }

    private func raw(_ bytes: [UInt8]) -> [StyledLine] {
        let text = CleanText.clean(String(decoding: bytes, as: UTF8.self))
        return TextWrap.broken(text, width: width, most: Detail.mostLines).map { StyledLine($0, .text) }
    }
}
