using System.Net;
using System.Text;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Auditing;

/// <summary>Who changed what and who signed in is noted.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string Audit = "Subsystems/AuditSubsystem";

    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(_time);

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_new_server_has_an_empty_audit() => (await EntriesAsync()).ShouldBeEmpty();

    [Fact]
    public async Task Making_changing_and_deleting_an_entity_is_noted_with_its_user()
    {
        await _platform.CallAsync("Resources/EntityServices", "CreateThing", ("name", "Pump"));
        await _platform.CallAsync("Things/Pump", "EnableThing");
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.WriteAsync("Pump", "speed", 5);
        await _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Pump"));
        (await EntriesAsync()).ShouldBe(
        [
            "Entity: Thing [Pump] was deleted. (Pump, Thing, Administrator)",
            "Entity: Thing [Pump] was changed: properties. (Pump, Thing, Administrator)",
            "Entity: Thing [Pump] was changed: enabled. (Pump, Thing, Administrator)",
            "Entity: Thing [Pump] was created. (Pump, Thing, Administrator)",
        ]);
    }

    [Fact]
    public async Task The_user_is_the_one_who_calls_also_by_a_script_an_import_and_REST()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.CallAsync("Groups/Administrators", "AddMember", ("member", "ann"));
        await _platform.MakeThingAsync("Maker");
        await _platform.AddServiceAsync("Maker", "Make", "Resources['EntityServices'].CreateThing({ name: 'ByScript' });");
        await _platform.InvokeAsync("ann", "Things/Maker", "Make");
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("""<Entities><Things><Thing name="ByFile" thingTemplate="GenericThing"/></Things></Entities>"""));
        await _platform.Get<EntityImporter>().ImportAsync("ann", file, CancellationToken.None);
        await _platform.Invoker.DeleteEntityAsync("ann", EntityKey.Thing("ByFile"), CallOrigin.Rest, CancellationToken.None);
        (await EntriesAsync(("query", """{"filters":{"type":"LIKE","fieldName":"source","value":"By*"}}"""))).ShouldBe(
        [
            "Entity: Thing [ByFile] was deleted. (ByFile, Thing, ann)",
            "Entity: Thing [ByFile] was created. (ByFile, Thing, ann)",
            "Entity: Thing [ByScript] was created. (ByScript, Thing, ann)",
        ]);
    }

    [Fact]
    public async Task Permissions_are_noted_when_they_are_given_denied_and_taken_back_also_those_of_collections()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.MakeThingAsync("Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke, "Go");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke, "Go", allow: false);
        await _platform.CallAsync("Things/Pump", "DeleteRunTimePermission", ("type", "ServiceInvoke"), ("resource", "Go"), ("principal", "ann"), ("principalType", "User"));
        await _platform.CallAsync(
            "Resources/CollectionFunctions", "AddCollectionVisibilityPermission", ("collectionName", "Things"), ("principal", "Everyone"), ("principalType", "Organization"));
        (await EntriesAsync(("auditCategory", "Permission"))).ShouldBe(
        [
            "Permission: Visibility for Organization [Everyone] was allowed on Collection [Things]. (Things, Collection, Administrator)",
            "Permission: ServiceInvoke of Go for User [ann] was taken back on Thing [Pump]. (Pump, Thing, Administrator)",
            "Permission: ServiceInvoke of Go for User [ann] was denied on Thing [Pump]. (Pump, Thing, Administrator)",
            "Permission: ServiceInvoke of Go for User [ann] was allowed on Thing [Pump]. (Pump, Thing, Administrator)",
        ]);
    }

    [Fact]
    public async Task A_sign_in_is_noted_once_a_session_and_a_refusal_once_a_minute()
    {
        await _platform.MakeUserAsync("ann", "sea-wall-77");
        var (authenticator, address) = (_platform.Get<Authenticator>(), IPAddress.Parse("10.0.0.7"));
        for (var i = 0; i < 3; i++)
            authenticator.SignIn("ann", "sea-wall-77", address).ShouldBe("ann");
        for (var i = 0; i < 3; i++)
            Should.Throw<PlatformException>(() => authenticator.SignIn("nobody", "sea-wall-77", address));
        (await SignInsAsync()).ShouldBe(
        [
            "SignIn: User [nobody] was refused from 10.0.0.7: The user name or the password is wrong, or the user may not sign in. (nobody, User, nobody)",
            "SignIn: User [ann] signed in from 10.0.0.7. (ann, User, ann)",
        ]);

        _time.Advance(TimeSpan.FromMinutes(31));
        authenticator.SignIn("ann", "sea-wall-77", address);
        Should.Throw<PlatformException>(() => authenticator.SignIn("nobody", "sea-wall-77", address));
        var later = (await SignInsAsync()).ToList();
        later.Count.ShouldBe(4);
        later[0].ShouldContain("2 more times");
    }

    [Fact]
    public async Task Application_keys_are_noted_by_name_and_never_as_they_are()
    {
        var key = ApplicationKeyServices.MakeKey();
        await _platform.Entities.CreateAsync(ApplicationKeyServices.WithKey(
            new("Door") { UserName = "Administrator", ExpirationDate = _time.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds() }, key, _platform.Get<ISecretProtector>(), 1), CancellationToken.None);
        var authenticator = _platform.Get<Authenticator>();
        authenticator.SignIn(key, from: null);
        _time.Advance(TimeSpan.FromDays(2));
        Should.Throw<PlatformException>(() => authenticator.SignIn(key, IPAddress.Loopback));
        var unknown = ApplicationKeyServices.MakeKey();
        Should.Throw<PlatformException>(() => authenticator.SignIn(unknown, IPAddress.Loopback));
        var entries = (await SignInsAsync()).ToList();
        entries.ShouldBe(
        [
            "SignIn: An unknown application key was refused from 127.0.0.1: The application key is not known here. (, ApplicationKey, )",
            "SignIn: Application key [Door] of user [Administrator] was refused from 127.0.0.1: The application key [Door] has expired, or its user may not sign in. (Door, ApplicationKey, Administrator)",
            "SignIn: Application key [Door] of user [Administrator] signed in. (Door, ApplicationKey, Administrator)",
        ]);
        (await EntriesAsync()).ShouldAllBe(entry => !entry.Contains(key) && !entry.Contains(unknown));
    }

    [Fact]
    public async Task No_password_gets_into_audit_or_logs()
    {
        const string password = "harbour-mole-19";
        await _platform.MakeUserAsync("ann", password);
        await _platform.CallAsync("Users/ann", "SetPassword", ("newPassword", password + "-2"));
        Should.Throw<PlatformException>(() => _platform.Get<Authenticator>().SignIn("ann", password));
        (await EntriesAsync()).ShouldContain("Entity: User [ann] was changed: passwordHash. (ann, User, Administrator)");
        (await EntriesAsync()).ShouldAllBe(entry => !entry.Contains(password));
        foreach (var log in _platform.Entities.All(EntityKind.Logs))
            (await _platform.CallAsync($"Logs/{log.Name}", "QueryLogEntries", ("maxItems", 10_000))).Column("content").ShouldAllBe(line => !line.Contains(password));
    }

    [Fact]
    public async Task What_is_audited_is_in_the_logs_too()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.ShowAsync("Things/Pump");
        Should.Throw<PlatformException>(() => _platform.Get<Authenticator>().SignIn("nobody", "x"));
        var configuration = (await _platform.CallAsync("Logs/ConfigurationLog", "QueryLogEntries", ("instance", "Pump"))).AsTable()!;
        configuration.Column("content").ShouldBe(["Thing [Pump] was changed: enabled.", "Thing [Pump] was created."]);
        configuration.Column("user").ShouldAllBe(user => user == "Administrator");
        (await _platform.CallAsync("Logs/SecurityLog", "QueryLogEntries", ("fromLogLevel", "WARN"))).AsTable()!.RowCount.ShouldBe(1);
        (await _platform.CallAsync("Logs/SecurityLog", "QueryLogEntries", ("searchExpression", "Visibility for Organization [Everyone] was allowed"))).AsTable()!.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task Entries_are_found_by_category_time_and_query_and_survive_a_restart()
    {
        await _platform.MakeThingAsync("One");
        _time.Advance(TimeSpan.FromHours(1));
        var second = _time.GetUtcNow();
        await _platform.MakeThingAsync("Two");
        await _platform.RestartAsync();
        (await EntriesAsync(("startDate", second))).Count().ShouldBe(2);
        (await EntriesAsync(("endDate", second - TimeSpan.FromSeconds(1)))).Count().ShouldBe(2);
        (await EntriesAsync(("maxItems", 1))).ShouldBe(["Entity: Thing [Two] was changed: enabled. (Two, Thing, Administrator)"]);
        (await EntriesAsync(("query", """{"sorts":[{"fieldName":"source","isAscending":true}]}"""), ("maxItems", 1))).Single().ShouldContain("One");
        (await _platform.RefusedAsync("Administrator", Audit, "QueryAuditHistory", ("query", """{"filters":{"type":"EQ","fieldName":"nope","value":1}}"""))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", Audit, "QueryAuditHistory", ("maxItems", -1))).Code.ShouldBe(ErrorCode.BadRequest);
    }

    [Fact]
    public async Task A_Thing_tells_its_own_entries_to_those_who_may_read_it()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.MakeThingAsync("Pump");
        await _platform.MakeThingAsync("Crane");
        await _platform.CallAsync("Things/Pump", "DisableThing");
        foreach (var service in new[] { "QueryAuditHistory", "QueryAllAuditHistory" })
        {
            (await _platform.CallAsync("Things/Pump", service)).Column("message").ShouldBe(["Thing [Pump] was changed: enabled.", "Thing [Pump] was changed: enabled.", "Thing [Pump] was created."]);
            (await _platform.CallAsync("Things/Pump", service, ("query", """{"filters":{"type":"LIKE","fieldName":"message","value":"*created*"}}"""))).AsTable()!.RowCount.ShouldBe(1);
        }

        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke);
        (await _platform.RefusedAsync("ann", "Things/Pump", "QueryAuditHistory")).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync("Things/Pump", "ann", Permission.Read);
        (await _platform.InvokeAsync("ann", "Things/Pump", "QueryAuditHistory", ("maxItems", 1))).AsTable()!.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_purge_takes_what_is_named_and_is_noted_itself()
    {
        await _platform.MakeThingAsync("One");
        _time.Advance(TimeSpan.FromHours(1));
        await _platform.MakeThingAsync("Two");
        await _platform.CallAsync(Audit, "PurgeAuditData", ("endDate", _time.GetUtcNow() - TimeSpan.FromMinutes(1)));
        var left = (await EntriesAsync()).ToList();
        left.Count.ShouldBe(3);
        left[0].ShouldStartWith("Audit: 2 entries of the audit up to ");
        left.Skip(1).ShouldAllBe(entry => entry.Contains("[Two]"));
        (await _platform.RefusedAsync("Administrator", Audit, "PurgeAuditData")).Message.ShouldContain("endDate");
        await _platform.MakeUserAsync("ann");
        (await _platform.RefusedAsync("ann", Audit, "PurgeAuditData", ("endDate", _time.GetUtcNow()))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync(Audit);
        await _platform.AllowAsync(Audit, "ann", Permission.ServiceInvoke);
        await _platform.InvokeAsync("ann", Audit, "QueryAuditHistory");
        (await _platform.RefusedAsync("ann", Audit, "PurgeAuditData", ("endDate", _time.GetUtcNow()))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Old_entries_go_as_the_settings_say()
    {
        await _platform.CallAsync(Audit, "SetConfigurationTable", ("tableName", "AuditSettings"), ("configurationTable", Tables.Row(("maxAgeDays", 30), ("maxEntries", 1_000))));
        _time.Advance(TimeSpan.FromDays(31));
        await _platform.MakeThingAsync("New");
        (await EntriesAsync()).ShouldAllBe(entry => entry.Contains("[New]"));
        (await _platform.RefusedAsync("Administrator", Audit, "SetConfigurationTable", ("tableName", "AuditSettings"), ("configurationTable", Tables.Row(("maxEntries", 0)))))
            .Message.ShouldContain("maxEntries");
    }

    private Task<IEnumerable<string>> SignInsAsync() => EntriesAsync(("auditCategory", "SignIn"));

    private async Task<IEnumerable<string>> EntriesAsync(params (string Name, object? Value)[] arguments)
    {
        var rows = (await _platform.CallAsync(Audit, "QueryAuditHistory", arguments)).AsTable()!;
        return [.. Enumerable.Range(0, rows.RowCount).Select(i => $"{rows[i, "auditCategory"]}: {rows[i, "message"]} ({rows[i, "source"]}, {rows[i, "sourceType"]}, {rows[i, "user"]})")];
    }
}
