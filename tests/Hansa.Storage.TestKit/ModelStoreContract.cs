using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every model store must do.</summary>
public abstract class ModelStoreContract : StorageContract
{
    private IModelStore Store => Storage.Model;

    [Fact]
    public async Task Entities_and_properties_survive_a_restart()
    {
        var pump = Entity("Pump");
        var values = new PropertyRecord[]
        {
            new(pump.Id, "pressure", new(Value.Number(double.NaN), 5, Vtq.Good)),
            new(pump.Id, "table", new(Value.Table(InfoTable.Result(Value.Integer(1), BaseType.VARIANT)), 6, "UNCERTAIN")),
            new(pump.Id, "nothing", new(Value.Null, 0, Vtq.Unknown)),
        };
        await Store.CommitAsync(new([pump, Entity("Other")], []), Token);
        await Store.PutPropertiesAsync(values, Token);

        await RestartAsync();

        (await Store.LoadEntitiesAsync(Token)).ShouldContain(pump);
        (await Store.LoadPropertiesAsync(Token)).ShouldBe(values, ignoreOrder: true);
    }

    [Fact]
    public async Task A_put_replaces_the_document_of_the_same_id()
    {
        var pump = Entity("Pump");
        await Store.CommitAsync(new([pump], []), Token);
        var edited = pump with { Document = "{\"x\":\"ü\\u0000\"}", Version = 2, Modified = 9 };
        await Store.CommitAsync(new([edited], []), Token);

        (await Store.LoadEntitiesAsync(Token)).ShouldBe([edited]);
    }

    [Fact]
    public async Task Deleting_an_entity_deletes_its_properties_and_frees_its_name_in_the_same_commit()
    {
        var (old, fresh) = (Entity("Pump"), Entity("Pump"));
        await Store.CommitAsync(new([old], []), Token);
        await Store.PutPropertiesAsync([new(old.Id, "p", new(Value.Number(1), 1, Vtq.Good))], Token);

        await Store.CommitAsync(new([fresh], [old.Id]), Token);

        (await Store.LoadEntitiesAsync(Token)).ShouldBe([fresh]);
        (await Store.LoadPropertiesAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_is_taken_refuses_the_whole_change()
    {
        await Store.CommitAsync(new([Entity("Pump")], []), Token);

        var error = await Should.ThrowAsync<PlatformException>(Store.CommitAsync(new([Entity("Valve"), Entity("Pump")], []), Token));

        error.Code.ShouldBe(ErrorCode.Conflict);
        error.Message.ShouldContain("Pump");
        (await Store.LoadEntitiesAsync(Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Case_and_kind_tell_names_apart()
    {
        await Store.CommitAsync(new([Entity("Pump"), Entity("pump"), Entity("Pump") with { Kind = EntityKind.DataShapes }], []), Token);

        (await Store.LoadEntitiesAsync(Token)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Of_one_property_put_twice_the_last_value_stays()
    {
        var thing = Guid.NewGuid();
        await Store.PutPropertiesAsync([new(thing, "p", new(Value.Number(1), 1, Vtq.Good)), new(thing, "p", new(Value.Number(2), 2, Vtq.Good))], Token);

        (await Store.LoadPropertiesAsync(Token)).ShouldHaveSingleItem().Value.ShouldBe(new(Value.Number(2), 2, Vtq.Good));
    }

    private static EntityRecord Entity(string name) => new(EntityKind.Things, name, Guid.NewGuid(), "{\"name\":\"ä😀\"}", 1, 1_700_000_000_000);
}
