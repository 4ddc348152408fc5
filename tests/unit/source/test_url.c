/* The expected values are what Go's net/url answers. */
#include "fixture.h"
#include "source/url.h"

static const struct {
    const char *path, *request; /* NULL: no URL of a file */
} cases[] = {
    {"http://h/a.yaml", "http://h/a.yaml"},
    {"HTTP://Host/a.yaml", "http://Host/a.yaml"},
    {"https://h:8443/a.yaml?ref=x", "https://h:8443/a.yaml?ref=x"},
    {"https://h", "https://h"},
    {"https://h/", "https://h/"},
    {"https://h?x=y", "https://h?x=y"},
    {"https://h/a?", "https://h/a?"},
    {"https://h/a b.yaml", "https://h/a%20b.yaml"},
    {"https://h/a%20b.yaml", "https://h/a%20b.yaml"},
    {"https://h/a%2Fb c", "https://h/a/b%20c"},
    {"https://h/a%2Fb", "https://h/a%2Fb"},
    {"https://h/a#x", "https://h/a%23x"},
    {"https://h/a#%zz", NULL},
    {"https://h/a#b%20c", "https://h/a%23b%20c"},
    {"https://h/%zz", NULL},
    {"https://h/a%", NULL},
    {"https://h/!$&'()*+,;=:@[]", "https://h/!$&'()*+,;=:@[]"},
    {"https://h/(a) b", "https://h/%28a%29%20b"},
    {"https://h/a|b", "https://h/a%7Cb"},
    {"https://h/é", "https://h/%C3%A9"},
    {"https://user:pass@h/a", "https://user:pass@h/a"},
    {"https://us er@h/a", NULL},
    {"https://u%20s@h/a", "https://u%20s@h/a"},
    {"https://u%zz@h/a", NULL},
    {"https://a@b@h/a", "https://a%40b@h/a"},
    {"https://h:port/a", NULL},
    {"https://h:/a", "https://h:/a"},
    {"https://h h/a", NULL},
    {"https://[::1]/a", "https://[::1]/a"},
    {"https://[::1]:80/a", "https://[::1]:80/a"},
    {"https://[::1/a", NULL},
    {"https://[::1]x/a", NULL},
    {"https://[1.2.3.4]/a", NULL},
    {"https://[]/a", NULL},
    {"https://h%41/a", NULL},
    {"https://h%C3%A9/a", "https://h%C3%A9/a"},
    {"https:foo", "https:foo"},
    {"http:/h/a", "http:/h/a"},
    {"http:", "http:"},
    {"https:///a", "https:///a"},
    {"http", NULL},
    {"httpx://h/a", NULL},
    {"ftp://h/a", NULL},
    {"file:///a", NULL},
    {"git::https://h/a", NULL},
    {" https://h/a", NULL},
    {"https://h/a\tb", NULL},
    {"https://h/a\n", NULL},
    {"a/https://h", NULL},
    {"https://h/a?b#c", "https://h/a?b#c"},
    {"https://h/a?b c", "https://h/a?b c"},
    {"https://h?a/b", "https://h?a/b"},
    {"https://h/a?x?y", "https://h/a?x?y"},
    {"https://h<x>/a", "https://h<x>/a"},
    {"https://h\\x/a", NULL},
    {"https://h^/a", NULL},
    {"https://h_x/a", "https://h_x/a"},
};

TestSuite(url, .init = fixture_open, .fini = fixture_close);

Test(url, remote_files_are_asked_for_as_go_does) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        text path = text_from(cases[i].path);
        cr_expect_eq(url_is_remote_file(path), cases[i].request != NULL, "%s", cases[i].path);
        if (cases[i].request) assert_text(url_of_request(&memory, path), cases[i].request, cases[i].path);
    }
}

Test(url, hosts_come_without_port_and_user) {
    assert_text(url_host(TEXT("https://u:p@Host:80/a")), "Host", "host");
    assert_text(url_host(TEXT("http://[::1]:80/a")), "::1", "host");
    assert_text(url_host(TEXT("http:a")), "", "host");
}

Test(url, messages_show_no_password) {
    assert_text(url_for_display(&memory, TEXT("https://user:password@h/a?b")), "https://***@h/a?b", "URL");
    assert_text(url_for_display(&memory, TEXT("https://TOKEN@h/a")), "https://***@h/a", "URL");
    assert_text(url_for_display(&memory, TEXT("ssh://git@h/a")), "ssh://git@h/a", "URL");
    assert_text(url_for_display(&memory, TEXT("https://h/a@b")), "https://h/a@b", "URL");
}
