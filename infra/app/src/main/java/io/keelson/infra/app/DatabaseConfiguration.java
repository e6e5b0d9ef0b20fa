package io.keelson.infra.app;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The way to PostgreSQL. Whoever gets the pool gets a database that has been migrated. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean
  HikariDataSource dataSource(Environment environment) {
    String url = environment.getRequiredProperty("spring.datasource.url");
    String username = environment.getProperty("spring.datasource.username", "");
    String password = environment.getProperty("spring.datasource.password", "");
    new Migrations(url, username, password).run();
    HikariDataSource pool = new HikariDataSource();
    Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
    pool.setJdbcUrl(url);
    pool.setUsername(username);
    pool.setPassword(password);
    return pool;
  }
}
