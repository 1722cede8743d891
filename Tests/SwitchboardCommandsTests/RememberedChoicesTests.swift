// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Foundation
import TestSupport
import Testing

@testable import SwitchboardCommands

@Suite struct RememberedChoicesTests {
    private static func settings(theme: String? = nil) -> DashboardSettings {
        var settings = DashboardSettings()
        settings.theme = theme
        return settings
    }

    @Test func aChoiceCountsUntilTheSettingsSaySomethingElse() throws {
        let folder = try TemporaryFolder()
        let memory = RememberedChoices(environment: ["XDG_STATE_HOME": folder.path])
        #expect(memory.keep(.theme("night"), over: Self.settings(theme: "day")) == nil)
        #expect(memory.keep(.columns(["time", "caller"]), over: Self.settings()) == nil)
        #expect(memory.keep(.filters([SavedFilter(name: "vips", text: "contact:vip")]), over: Self.settings()) == nil)
        var same = Self.settings(theme: "day")
        memory.apply(to: &same)
        #expect(same.theme == "night")
        #expect(same.columns == ["time", "caller"])
        #expect(same.filters == [SavedFilter(name: "vips", text: "contact:vip")])
        var changed = Self.settings(theme: "crt")
        memory.apply(to: &changed)
        #expect(changed.theme == "crt")
    }

    @Test func onlyItsOwnerReadsTheFile() throws {
        let folder = try TemporaryFolder()
        let memory = RememberedChoices(environment: ["XDG_STATE_HOME": folder.path])
        #expect(memory.keep(.sort("-ms"), over: Self.settings()) == nil)
        let path = folder.path + "/switchboard/dashboard.json"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test(arguments: ["", "{", "[]", "{\"theme\": 7}", "{\"theme\": {\"value\": 7, \"over\": null}}"])
    func aDamagedFileIsNothing(text: String) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/switchboard", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: folder.path + "/switchboard/dashboard.json"))
        var settings = Self.settings()
        RememberedChoices(environment: ["XDG_STATE_HOME": folder.path]).apply(to: &settings)
        #expect(settings == Self.settings())
    }

    @Test func withoutAFolderItSaysWhy() {
        let memory = RememberedChoices(environment: [:])
        #expect(memory.keep(.theme("night"), over: Self.settings()) != nil)
    }
}
