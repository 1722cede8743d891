// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct RoleTests {
    @Test func everyRoleHasALetterOfItsOwnInGoldenScreens() {
        #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    }
}
