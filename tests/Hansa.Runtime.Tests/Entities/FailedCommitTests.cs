using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Entities;

/// <summary>What could not be written is taken back; what may have been written is kept.</summary>
public sealed class FailedCommitTests : IAsyncLifetime
{
    private TroubledStorage _storage = null!;
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(wrap: storage => _storage = new(storage));
        await _platform.MakeThingAsync("Pump");
    }

    public ValueTask DisposeAsync()
    {
        _storage.Heal();
        return _platform.DisposeAsync();
    }

    [Fact]
    public async Task An_edit_is_taken_back()
    {
        _storage.Fail();
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "SetDescription", ("description", "new"))).Message.ShouldBe("The disk is full.");
        _platform.Thing("Pump").Definition.Description.ShouldBe("");
        _storage.Heal();
        await _platform.CallAsync("Things/Pump", "SetDescription", ("description", "newer"));
        await _platform.RestartAsync();
        _platform.Thing("Pump").Definition.Description.ShouldBe("newer");
    }

    [Fact]
    public async Task Of_several_edits_that_fail_none_remains()
    {
        var gate = new TaskCompletionSource();
        _storage.BeforeCommit = async () =>
        {
            await gate.Task;
            throw new PlatformException(ErrorCode.Unavailable, "The disk is full.");
        };
        var edits = Enumerable.Range(0, 5).Select(i => _platform.CallAsync("Things/Pump", "SetDescription", ("description", $"{i}"))).ToList();
        _platform.Thing("Pump").Definition.Description.ShouldBe("4");
        gate.SetResult();
        foreach (var edit in edits)
            await Should.ThrowAsync<PlatformException>(() => edit);
        _platform.Thing("Pump").Definition.Description.ShouldBe("");
    }

    [Fact]
    public async Task A_creation_is_taken_back_with_its_rights_and_subscriptions()
    {
        _storage.Fail();
        await Should.ThrowAsync<PlatformException>(() => _platform.Entities.CreateAsync(
            new ThingDefinition("Ghost", "GenericThing") { Subscriptions = [new("S", "DataChange", "Pump", "p", "")] }, CancellationToken.None));
        await Should.ThrowAsync<PlatformException>(() => _platform.MakeUserAsync("ann"));
        _platform.Entities.FindThing("Ghost").ShouldBeNull();
        _platform.Get<SubscriptionIndex>().Has("Pump").ShouldBeFalse();
        _platform.Get<Principals>().Find("ann").IsActive.ShouldBeFalse();
        _storage.Heal();
        await _platform.MakeThingAsync("Ghost");
    }

    [Fact]
    public async Task A_deletion_is_taken_back()
    {
        await _platform.MakeUserAsync("ann");
        _storage.Fail();
        await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "DeleteThing", ("name", "Pump"));
        await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "DeleteUser", ("name", "ann"));
        _platform.Thing("Pump").IsRunning.ShouldBeTrue();
        _platform.Get<Principals>().Find("ann").Groups.ShouldContain(Principals.UsersName);
    }

    [Fact]
    public async Task A_name_is_free_when_its_deletion_is_on_disk_and_not_before()
    {
        var gate = new TaskCompletionSource();
        _storage.BeforeCommit = async () =>
        {
            await gate.Task;
            throw new PlatformException(ErrorCode.Unavailable, "The disk is full.");
        };
        var deletion = _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Pump"));
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateThing", ("name", "Pump"))).Code.ShouldBe(ErrorCode.Conflict);
        gate.SetResult();
        await Should.ThrowAsync<PlatformException>(() => deletion);
        _platform.Thing("Pump").IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_who_gives_up_the_wait_does_not_part_memory_from_disk()
    {
        using var givesUp = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        _storage.BeforeCommit = () => gate.Task;
        var creation = _platform.Entities.CreateAsync(new ThingDefinition("Valve", "GenericThing") { IsEnabled = true }, givesUp.Token);
        var edit = _platform.Entities.UpdateAsync(EntityKey.Thing("Pump"), d => d with { Description = "new" }, givesUp.Token);
        await givesUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => creation);
        await Should.ThrowAsync<OperationCanceledException>(() => edit);
        gate.SetResult();
        await Until.TrueAsync(() => _platform.Thing("Valve").IsRunning, "the Thing has started although its maker is gone");
        _storage.Heal();
        var described = _platform.Thing("Pump").Definition.Description;
        await _platform.RestartAsync();
        _platform.Thing("Pump").Definition.Description.ShouldBe(described);
        _platform.Thing("Valve").IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task A_definition_that_cannot_be_written_out_is_not_shown_either()
    {
        var deep = InfoTable.Empty;
        for (var i = 0; i < 100; i++)
            deep = InfoTable.Single(("t", BaseType.INFOTABLE, Value.Table(deep)));
        await Should.ThrowAsync<Exception>(() => _platform.EditAsync("Pump", thing => thing with { ConfigurationTables = thing.ConfigurationTables.Add("deep", deep) }));
        _platform.Thing("Pump").Definition.ConfigurationTables.ShouldBeEmpty();
        await _platform.RestartAsync();
    }

    [Fact]
    public async Task Of_many_Things_that_are_imported_one_that_does_not_start_holds_up_none()
    {
        var fields = Enumerable.Range(0, 2000).Select(i => new FieldDefinition($"f{i}", BaseType.NUMBER, "", i));
        var wide = InfoTable.Single(("dataShape", BaseType.DATASHAPENAME, Value.Text("Wide", BaseType.DATASHAPENAME)));
        var told = new List<string>();
        _platform.Entities.Changed += change => told.Add(change.Entity.Name);
        var failure = await Should.ThrowAsync<PlatformException>(() => _platform.Entities.ImportAsync(
        [
            new DataShapeDefinition("Wide") { Fields = [.. fields] },
            new ThingDefinition("TooWide", "Stream") { IsEnabled = true, ConfigurationTables = _platform.Thing("Pump").Definition.ConfigurationTables.Add("Settings", wide) },
            new ThingDefinition("Last", "GenericThing") { IsEnabled = true },
        ], CancellationToken.None));
        failure.Message.ShouldContain("1900", Case.Insensitive);
        _platform.Thing("Last").IsRunning.ShouldBeTrue();
        _platform.Thing("TooWide").IsRunning.ShouldBeFalse();
        told.ShouldBe(["Wide", "TooWide", "Last"]);
    }
}
