// SPDX-License-Identifier: Apache-2.0

/// What `make bench` runs: the two servers that are compared, the requests for them, the stages of the path,
/// the cost of many rules, of numbers in other spellings and of readers of the log, and a steady load for a server.
@main
struct BenchmarkCommand {
    static func main() async throws {
        switch CommandLine.arguments.dropFirst().first {
        case "hello": try await HelloServer.run()
        case "full": try await FullServer.run()
        case "requests": RequestFile.write()
        case "stages": Stages.measure()
        case "rules": RuleCounts.measure()
        case "numbers": Spellings.measure()
        case "readers": Readers.measure()
        case "load": Load.run(Array(CommandLine.arguments.dropFirst(2)))
        default:
            print("usage: SwitchboardBenchmarks hello | full | requests | stages | rules | numbers | readers | load")
        }
    }
}
