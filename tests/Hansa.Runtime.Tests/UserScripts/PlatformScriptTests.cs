using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.UserScripts;

/// <summary>What users' services reach of the platform, and with whose rights.</summary>
public sealed class PlatformScriptTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
        await _platform.MakeThingAsync("Valve");
        await _platform.AddPropertyAsync("Valve", "open", BaseType.NUMBER);
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_service_reaches_itself_other_Things_and_its_parameters()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.AddServiceAsync("Pump", "Set", """
            me.speed = speed;
            Things["Valve"].open = speed / 2;
            result = me.name + " " + me.speed + " " + Things["Valve"].open + " " + principal;
            """, ("speed", BaseType.NUMBER));
        (await _platform.CallAsync("Things/Pump", "Set", ("speed", 8))).ToString().ShouldBe("Pump 8 4 Administrator");
        (await _platform.ReadAsync("Valve", "open")).AsNumber().ShouldBe(4);
    }

    [Fact]
    public async Task A_parameter_that_the_call_does_not_give_is_undefined()
    {
        await _platform.AddServiceAsync("Pump", "Kind", "var f = (a = 'default') => a; result = typeof given + ' ' + f(given);", ("given", BaseType.STRING));
        (await _platform.CallAsync("Things/Pump", "Kind")).ToString().ShouldBe("undefined default");
        (await _platform.CallAsync("Things/Pump", "Kind", ("given", ""))).ToString().ShouldBe("string ");
    }

    [Fact]
    public async Task A_script_has_its_callers_rights_and_no_more()
    {
        await _platform.AddServiceAsync("Pump", "Turn", "if (Things['Valve'] === null) result = 'hidden'; else { Things['Valve'].open = 1; result = 'turned'; }");
        (await _platform.InvokeAsync("ann", "Things/Pump", "Turn")).ToString().ShouldBe("hidden");
        await _platform.ShowAsync("Things/Valve");
        (await _platform.RefusedAsync("ann", "Things/Pump", "Turn")).Message.ShouldContain("User [ann] is not authorized for PropertyWrite on open in Thing [Valve]");
        await _platform.AllowAsync("Things/Valve", "ann", Permission.PropertyWrite);
        (await _platform.InvokeAsync("ann", "Things/Pump", "Turn")).ToString().ShouldBe("turned");
    }

    [Fact]
    public async Task Calls_between_services_have_the_System_users_rights_too_and_calls_by_REST_have_not()
    {
        await _platform.AddServiceAsync("Valve", "Status", "result = 'ok';");
        await _platform.AddServiceAsync("Pump", "Ask", "result = Things['Valve'].Status();");
        await _platform.ShowAsync("Things/Valve");
        await _platform.AllowAsync("Things/Valve", "System", Permission.ServiceInvoke);
        (await _platform.InvokeAsync("ann", "Things/Pump", "Ask")).ToString().ShouldBe("ok");
        (await _platform.RefusedAsync("ann", "Things/Valve", "Status")).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task An_error_names_service_and_line_also_from_a_service_within()
    {
        await _platform.AddServiceAsync("Valve", "Fail", "var a = 1;\nvar b = 2;\nthrow new Error('stuck');");
        await _platform.AddServiceAsync("Pump", "Outer", "\nThings['Valve'].Fail();");
        var failure = await _platform.RefusedAsync("Administrator", "Things/Pump", "Outer");
        failure.Code.ShouldBe(ErrorCode.ScriptFailed);
        failure.Message.ShouldContain("Valve.Fail");
        failure.Message.ShouldContain("line 3");
        failure.Message.ShouldContain("stuck");
    }

    [Fact]
    public async Task A_service_that_does_not_parse_is_not_saved()
    {
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.AddServiceAsync("Pump", "Broken", "var a = ;"));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain("Pump.Broken");
        _platform.Thing("Pump").Definition.Services.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_may_catch_a_refusal()
    {
        await _platform.AddServiceAsync("Pump", "Careful", "try { me.AddPropertyDefinition({ name: 'p', type: 'NUMBER' }); result = 'added'; } catch (e) { result = 'refused: ' + e.message; }");
        (await _platform.InvokeAsync("ann", "Things/Pump", "Careful")).ToString().ShouldContain("refused: User [ann] is not authorized for Update");
        (await _platform.CallAsync("Things/Pump", "Careful")).ToString().ShouldBe("added");
    }

    [Fact]
    public async Task An_asynchronous_service_answers_at_once_and_logs_what_it_fails_with()
    {
        await _platform.AddPropertyAsync("Pump", "done", BaseType.STRING);
        await AsyncServiceAsync("Work", "me.done = 'yes';");
        await AsyncServiceAsync("Fail", "throw new Error('too hot');");
        await _platform.CallAsync("Things/Pump", "Work");
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Pump", "done")).ToString() == "yes", "the service has run");
        await _platform.CallAsync("Things/Pump", "Fail");
        await Until.TrueAsync(() => _platform.Log.Lines.Any(line => line.Contains("Asynchronous service Fail of Thing Pump failed", StringComparison.Ordinal) && line.Contains("too hot", StringComparison.Ordinal)), "the failure is logged");
    }

    [Fact]
    public async Task A_private_service_is_for_its_own_Thing_only()
    {
        await _platform.EditAsync("Valve", thing => thing with
        {
            Services =
            [
                new(new("Inner", [], new("result", BaseType.STRING)) { IsPrivate = true }, "result = 'inner';"),
                new(new("Own", [], new("result", BaseType.STRING)), "result = me.Inner();"),
            ],
        });
        await _platform.AddServiceAsync("Pump", "Pry", "result = Things['Valve'].Inner();");
        (await _platform.CallAsync("Things/Valve", "Own")).ToString().ShouldBe("inner");
        (await _platform.RefusedAsync("Administrator", "Things/Valve", "Inner")).Message.ShouldBe("Service [Inner] is private to Thing [Valve].");
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "Pry")).Message.ShouldContain("Service [Inner] is private to Thing [Valve].");
    }

    [Fact]
    public async Task What_a_script_logs_is_in_the_script_log_with_its_user()
    {
        await _platform.AddServiceAsync("Pump", "Say", "logger.warn('low on oil');");
        await _platform.InvokeAsync("ann", "Things/Pump", "Say");
        _platform.Log.Lines.ShouldContain(line => line.StartsWith("Warning ScriptLog: Pump.Say (ann): low on oil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Data_Shape_that_the_caller_may_not_see_makes_no_table()
    {
        await _platform.MakeDataShapeAsync("Secret", ("plan", BaseType.STRING));
        (await _platform.RefusedAsync("ann", "Resources/InfoTableFunctions", "CreateInfoTableFromDataShape", ("dataShapeName", "Secret"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync("DataShapes/Secret");
        var table = (await _platform.InvokeAsync("ann", "Resources/InfoTableFunctions", "CreateInfoTableFromDataShape", ("dataShapeName", "Secret"))).AsTable()!;
        table.Shape.Fields.Single().Name.ShouldBe("plan");
        await _platform.InvokeAsync("ann", "Resources/InfoTableFunctions", "CreateInfoTableFromDataShape", ("dataShapeName", "EntityList"));
    }

    [Fact]
    public async Task Two_parameters_of_one_name_are_refused() =>
        (await Should.ThrowAsync<PlatformException>(() => _platform.AddServiceAsync("Pump", "Twice", "", ("a", BaseType.NUMBER), ("a", BaseType.STRING)))).Code.ShouldBe(ErrorCode.BadRequest);

    private Task AsyncServiceAsync(string name, string code) => _platform.EditAsync("Pump", thing => thing with
    {
        Services = thing.Services.Add(new(new(name, [], new("result", BaseType.NOTHING)) { IsAsync = true }, code)),
    });
}
