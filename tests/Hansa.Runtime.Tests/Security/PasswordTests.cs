using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Security;

/// <summary>Users who sign in by name and password.</summary>
public sealed class PasswordTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    private Authenticator Door => _platform.Get<Authenticator>();

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeUserAsync("ann", "first-password");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void The_right_password_lets_in_and_a_wrong_one_does_not()
    {
        Door.SignIn("ann", "first-password").ShouldBe("ann");
        foreach (var (user, password) in new[] { ("ann", "First-password"), ("ann", ""), ("ann", "first-password "), ("nobody", "first-password"), ("Ann", "first-password"), ("System", "") })
            Should.Throw<PlatformException>(() => Door.SignIn(user, password)).Message.ShouldBe("The user name or the password is wrong, or the user may not sign in.");
        // What was right is remembered, and what is wrong stays wrong beside it.
        Door.SignIn("ann", "first-password");
        Should.Throw<PlatformException>(() => Door.SignIn("ann", "second-password"));
    }

    [Fact]
    public async Task A_changed_password_ends_the_old_one_at_once()
    {
        Door.SignIn("ann", "first-password");
        await _platform.CallAsync("Users/ann", "SetPassword", ("newPassword", "second-password"));
        Should.Throw<PlatformException>(() => Door.SignIn("ann", "first-password")).Code.ShouldBe(ErrorCode.Unauthorized);
        Door.SignIn("ann", "second-password");
        await _platform.RestartAsync();
        Door.SignIn("ann", "second-password");
    }

    [Fact]
    public async Task A_disabled_user_is_kept_out_also_while_remembered()
    {
        Door.SignIn("ann", "first-password");
        await _platform.CallAsync("Users/ann", "DisableUser");
        Should.Throw<PlatformException>(() => Door.SignIn("ann", "first-password"));
        await _platform.CallAsync("Users/ann", "EnableUser");
        Door.SignIn("ann", "first-password");
    }

    [Fact]
    public void What_was_right_is_forgotten_after_five_minutes_and_verified_anew()
    {
        Door.SignIn("ann", "first-password");
        _time.Advance(TimeSpan.FromMinutes(6));
        Door.SignIn("ann", "first-password").ShouldBe("ann");
    }

    [Fact]
    public async Task The_System_user_never_signs_in()
    {
        await _platform.CallAsync("Users/System", "SetPassword", ("newPassword", "system-password"));
        Should.Throw<PlatformException>(() => Door.SignIn("System", "system-password")).Code.ShouldBe(ErrorCode.Unauthorized);
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateApplicationKey", ("name", "K"), ("user", "System"))).Message.ShouldContain("cannot sign in");
    }

    [Fact]
    public async Task A_short_password_and_two_that_differ_are_refused_without_being_repeated()
    {
        foreach (var (password, confirm) in new[] { ("short77", null), ("long-enough-1", "long-enough-2") })
        {
            var refusal = await _platform.RefusedAsync("Administrator", "Users/ann", "SetPassword", ("newPassword", password), ("newPasswordConfirm", confirm));
            refusal.Code.ShouldBe(ErrorCode.BadRequest);
            refusal.Message.ShouldNotContain(password);
        }
    }

    [Fact]
    public async Task Another_users_password_is_not_for_everybody_to_set()
    {
        await _platform.MakeUserAsync("bob");
        (await _platform.RefusedAsync("bob", "Users/ann", "SetPassword", ("newPassword", "stolen-password"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync("Users/ann");
        (await _platform.RefusedAsync("bob", "Users/ann", "SetPassword", ("newPassword", "stolen-password"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public void No_page_shows_a_hash()
    {
        var hash = ((UserDefinition)_platform.Entities.Find(TestPlatform.Key("Users/ann"))!.Definition).PasswordHash!;
        _platform.Get<EntityPages>().Show("Administrator", TestPlatform.Key("Users/ann")).ShouldNotContain(hash);
    }
}
