// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies
import Screen

/// How long answers took: percentiles, and how many took how long on a logarithmic scale.
struct LatencyPlot {
    let times: LatencyHistogram
    let glyphs: Glyphs

    /// From 10 µs to 10 s; what is shorter or longer is in the first or the last column.
    private static let (shortest, decades) = (10.0, 6)

    func lines(width: Int, height: Int) -> [StyledLine] {
        let title = StyledLine("Answer times since the start", .header)
        guard times.count > 0 else { return [title, StyledLine("  no answers yet", .muted)] }
        let plot = ColumnPlot(values: columns(ColumnPlot.room(in: width)), height: height, glyphs: glyphs)
        let decade = plot.values.count / Self.decades
        let words = Self.marks(glyphs).enumerated().map { power, text in
            (column: min(plot.values.count - 1, power * decade), text: text)
        }
        let head = title.appending(StyledLine(": \(Text.count(times.count, "answer"))", .muted))
        return [head] + percentiles(width)
            + plot.rows { Latency.role(microseconds: UInt64(upperEnd(of: $0, decade: decade))) } + plot.axis(words)
    }

    /// The names of the decades and of the end.
    private static func marks(_ glyphs: Glyphs) -> [String] {
        ["10 \(glyphs.micro)s", "100 \(glyphs.micro)s", "1 ms", "10 ms", "100 ms", "1 s", "10 s"]
    }

    /// The percentiles with their names, in as many rows as they take.
    private func percentiles(_ width: Int) -> [StyledLine] {
        let points: [(String, UInt64)] =
            [("p50", 50.0), ("p90", 90), ("p99", 99), ("p99.9", 99.9)].map {
                ($0.0, times.microseconds(atPercentile: $0.1))
            }
            + [("max", times.longestMicroseconds)]
        var rows: [StyledLine] = []
        var row = StyledLine([])
        for (name, time) in points {
            let next = StyledLine([
                Span("  \(name) ", .muted), Span(glyphs.time(microseconds: time), Latency.role(microseconds: time)),
            ])
            if row.width + next.width > width {
                rows.append(row)
                row = StyledLine([])
            }
            row = row.appending(next)
        }
        let limit = StyledLine(
            " of \(glyphs.time(microseconds: UInt64(PlatformLimits.answerMilliseconds) * 1000))", .muted)
        return rows + [row.width + limit.width <= width ? row.appending(limit) : row]
    }

    private func upperEnd(of column: Int, decade: Int) -> Double {
        var end = Self.shortest
        for _ in 0..<(column / max(1, decade)) { end *= 10 }
        // Within a decade evenly on the logarithmic scale, by its tenths.
        let part = Double(column % max(1, decade)) / Double(max(1, decade))
        return end * Self.powerOfTen(part)
    }

    /// How many answers belong to each column.
    private func columns(_ room: Int) -> [Int] {
        let decade = max(1, room / Self.decades)
        var counts = [Int](repeating: 0, count: decade * Self.decades)
        var ends: [Double] = []
        for column in counts.indices { ends.append(upperEnd(of: column + 1, decade: decade)) }
        var column = 0
        for share in times.shares {
            while column < counts.count - 1, Double(share.microseconds) >= ends[column] { column += 1 }
            counts[column] += share.count
        }
        return counts
    }

    /// Ten to the power of a number from 0 to 1, without a mathematical library.
    private static func powerOfTen(_ exponent: Double) -> Double {
        // e^(x ln 10) as a series; its terms fall fast.
        let power = exponent * 2.302585092994046
        var (sum, term) = (1.0, 1.0)
        for index in 1...24 {
            term *= power / Double(index)
            sum += term
        }
        return sum
    }
}
