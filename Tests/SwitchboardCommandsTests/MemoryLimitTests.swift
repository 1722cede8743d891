// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import SwitchboardCommands

@Suite struct MemoryLimitTests {
    @Test(
        arguments: [
            Row("no groups", [:], nil),
            Row(
                "version 2", ["/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "104857600\n"],
                104_857_600),
            Row(
                "the least of the groups around it",
                [
                    "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "max\n",
                    "/sys/fs/cgroup/a/memory.max": "3000\n", "/sys/fs/cgroup/memory.max": "5000\n",
                ], 3000),
            Row(
                "a container, where the path is that of its host",
                ["/proc/self/cgroup": "0::/docker/1\n", "/sys/fs/cgroup/memory.max": "5000\n"], 5000),
            Row(
                "version 1 beside others",
                [
                    "/proc/self/cgroup": "5:cpu,cpuacct:/a\n4:memory:/a\n0::/\n",
                    "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "7000\n",
                    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
                ], 7000),
            Row(
                "nonsense",
                ["/proc/self/cgroup": "nonsense\n0::/a\n::::\n", "/sys/fs/cgroup/a/memory.max": "-1\n"], nil),
        ] as [Row<[String: String], Int?>])
    func theLimitIsThatOfTheGroups(_ row: Row<[String: String], Int?>) {
        #expect(MemoryLimit.bytes { row.input[$0] } == row.expected)
    }
}
